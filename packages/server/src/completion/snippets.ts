import { templatePath, unitPath } from '@camelc/language';
import type { Dialect } from '../dialects.js';
import { blockSnippets } from './block-snippets.js';
import { lineSnippets } from './line-snippets.js';

export interface Snippet {
  label: string;
  /** What it is for. */
  detail: string;
  /** As editors want it: `${1:Name}` is a place to fill in, `${2|a,b|}` a choice. Two blanks for each level, as the formatter has it. */
  body: string;
  /** The dialect that it is spelt in, where that matters. */
  dialect?: Dialect;
}

const block = (head: string, ...members: string[]): string => `${head} {\n${members.join('\n').replace(/^(?=.)/gm, '  ')}\n}`;
const iaas = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS';

/** Bounds of a host, from a place to fill in on. */
const cores = (at: number): string => `attribute cores [${iaas}.Processing.CPU.hasNumberofCores] : [int \${${at}:2}, int \${${at + 1}:8}]`;
const memory = (at: number): string => `attribute memory [${iaas}.Processing.RAM.TotalMemory] : [int \${${at}:4}, int \${${at + 1}:16}] ${unitPath('GigaBytes')}`;
const minCores = (at: number): string => `attribute minCores [${iaas}.Processing.CPU.hasMinNumberofCores] : int \${${at}:2}`;
const minMemory = (at: number): string => `attribute minMemory [${iaas}.Processing.RAM.TotalMemory.totalMemoryHasMin] : int \${${at}:4} ${unitPath('GigaBytes')}`;

const skeleton = (dialect: Dialect): string => {
  const type = dialect === '2.5' ? ' type' : '';
  return block(
    'camel model ${1:Shop}',
    "application $1 { version '${2:1.0}' }",
    '',
    block(
      `deployment${type} model \${3:Topology}`,
      block(
        'software ${4:Web}',
        'requirements ${5:WebReqs}',
        'provided communication ${6:WebPort} port ${7:8080}',
        "container configuration ${8:WebContainer} { image '${9:registry.example.com/web:1.0}' }",
      ),
      'requirements $5 { resource ${10:Needs}.${11:WebMachine} horizontal scale $10.${12:WebScale} }',
    ),
    '',
    block(
      'requirement model $10',
      block('resource requirement $11', ...(dialect === '2.5' ? [minCores(13), minMemory(14)] : [cores(13)])),
      'horizontal scale requirement $12 [${15:1}, ${16:4}]',
    ),
    '',
    block(`metric${type} model \${17:Metrics}`, `variable \${18:Cost} { template ${templatePath('CostTemplateEuros')} }`),
  );
};

const formula = (dialect: Dialect, placeholder: string): string => (dialect === '2.5' ? `formula: ('${placeholder}')` : `formula '${placeholder}'`);
const eachDialect = (label: string, detail: string, body: (dialect: Dialect) => string): Snippet[] =>
  (['2.5', '3.0'] as const).map((dialect) => ({ label, detail, body: body(dialect), dialect }));

const labelOf = (head: string): string => head.replace(/\$.*/, '…');
const blocks = Object.entries(blockSnippets).map(([type, [detail, head, ...members]]): [string, Snippet[]] => [
  type,
  [{ label: labelOf(head), detail, body: block(head, ...members) }],
]);
const lines = Object.entries(lineSnippets).map(([type, [detail, body]]): [string, Snippet[]] => [type, [{ label: labelOf(body), detail, body }]]);

/** Whole elements by their metaclass. Those that are missing are made of the grammar. */
export const snippets: Readonly<Record<string, readonly Snippet[]>> = {
  ...Object.fromEntries([...blocks, ...lines]),
  CamelModel: eachDialect('camel model …', 'a model with a component, what it needs, and its cost', skeleton),
  ResourceRequirement: eachDialect('resource requirement …', 'cores and memory of a host', (dialect) =>
    block('resource requirement ${1:WebMachine}', ...(dialect === '2.5' ? [minCores(2), minMemory(3)] : [cores(2), memory(4)])),
  ),
  LogicalConstraint: eachDialect('logical constraint …', 'one constraint of several', (dialect) =>
    dialect === '2.5'
      ? 'logical constraint ${1:Both} : ${2|and,or,xor|} (${3:First}, ${4:Second})'
      : [
          'logical constraint ${1:Both} : ${2|and,or,xor|} (',
          '  variable constraint ${3:First} : ${4:Metrics.Cost} < ${5:100.0},',
          '  variable constraint ${6:Second} : ${7:Metrics.Cost} > ${8:1.0}',
          ')',
        ].join('\n'),
  ),
  IfThenConstraint: eachDialect('if constraint …', 'what has to hold where something else does', (dialect) =>
    dialect === '2.5'
      ? 'if constraint ${1:NightIsCheap} : if { ${2:Constraints.Night} } then { ${3:Constraints.Budget} }'
      : [
          'if constraint ${1:NightIsCheap} : if {',
          '  variable constraint ${2:Night} : ${3:Metrics.Hour} > ${4:20.0}',
          '} then {',
          '  variable constraint ${5:Budget} : ${6:Metrics.Cost} < ${7:100.0}',
          '}',
        ].join('\n'),
  ),
  CompositeMetric: eachDialect('composite metric …', 'a metric that is computed', (dialect) =>
    block('composite metric ${1:MeanResponseTime}', `template ${templatePath('${2:ResponseTimeTemplate}')}`, formula(dialect, 'mean(${3:RawResponseTime})')),
  ),
  CompositeSecurityMetric: eachDialect('composite security metric …', 'a security metric that is computed', (dialect) =>
    block('composite security metric ${1:Incidents}', 'domain ${2:Privacy}', `template ${templatePath('${3:ResponseTimeTemplate}')}`, formula(dialect, 'sum(${4:RawIncidents})')),
  ),
  CompositeUnit: eachDialect('composite unit …', 'a unit made of others', (dialect) => block('composite unit ${1:EurosPerDay}', formula(dialect, '${2:Euros / Days}'))),
  MetricVariable: [
    {
      label: 'variable …',
      detail: 'a value that the deployment decides',
      body: block(
        'variable ${1:WebInstances}',
        `template ${templatePath('${2|ComponentInstanceTemplate,CoresTemplate,MemoryTemplate,StorageTemplate,CostTemplateEuros|}')}`,
        'component ${3:Topology.Web}',
      ),
    },
    ...eachDialect('variable with formula …', 'a value that follows from others', (dialect) =>
      block('variable ${1:Utility}', `template ${templatePath('UtilityTemplate')}`, formula(dialect, '${2:1 / Cost}')),
    ),
  ],
};
