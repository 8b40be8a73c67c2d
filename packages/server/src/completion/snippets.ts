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

const block = (head: string, ...lines: string[]): string => [`${head} {`, ...lines.map((line) => `  ${line}`), '}'].join('\n');
const nested = (text: string): string[] => text.split('\n');
const iaas = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS';

const attributes = {
  cores: `attribute cores [${iaas}.Processing.CPU.hasNumberofCores] : [int \${2:2}, int \${3:8}]`,
  memory: `attribute memory [${iaas}.Processing.RAM.TotalMemory] : [int \${4:4}, int \${5:16}] ${unitPath('GigaBytes')}`,
  minCores: `attribute minCores [${iaas}.Processing.CPU.hasMinNumberofCores] : int \${2:2}`,
  minMemory: `attribute minMemory [${iaas}.Processing.RAM.TotalMemory.totalMemoryHasMin] : int \${3:4} ${unitPath('GigaBytes')}`,
};

const skeleton = (dialect: Dialect): string => {
  const type = dialect === '2.5' ? ' type' : '';
  return block(
    'camel model ${1:Shop}',
    "application $1 { version '${2:1.0}' }",
    '',
    ...nested(
      block(
        `deployment${type} model \${3:Topology}`,
        ...nested(
          block(
            'software ${4:Web}',
            'requirements ${5:WebReqs}',
            'provided communication ${6:WebPort} port ${7:8080}',
            "container configuration ${8:WebContainer} { image '${9:registry.example.com/web:1.0}' }",
          ),
        ),
        'requirements $5 { resource ${10:Needs}.${11:WebMachine} horizontal scale $10.${12:WebScale} }',
      ),
    ),
    '',
    ...nested(
      block(
        'requirement model $10',
        ...nested(
          block(
            'resource requirement $11',
            ...(dialect === '2.5'
              ? [attributes.minCores.replace('{2:', '{13:'), attributes.minMemory.replace('{3:', '{14:')]
              : [attributes.cores.replace('{2:', '{13:').replace('{3:', '{14:')]),
          ),
        ),
        'horizontal scale requirement $12 [${15:1}, ${16:4}]',
      ),
    ),
    '',
    ...nested(block(`metric${type} model \${17:Metrics}`, `variable \${18:Cost} { template ${templatePath('CostTemplateEuros')} }`)),
  ).replace(/^ +$/gm, '');
};

const formula = (dialect: Dialect, placeholder: string): string => (dialect === '2.5' ? `formula: ('${placeholder}')` : `formula '${placeholder}'`);
const eachDialect = (label: string, detail: string, body: (dialect: Dialect) => string): Snippet[] =>
  (['2.5', '3.0'] as const).map((dialect) => ({ label, detail, body: body(dialect), dialect }));

const labelOf = (head: string): string => head.replace(/\$.*/, '…');
const plain = Object.entries(blockSnippets).map(([type, [detail, head, ...members]]): [string, Snippet[]] => [
  type,
  [{ label: labelOf(head), detail, body: block(head, ...members) }],
]);
const lines = Object.entries(lineSnippets).map(([type, [detail, body]]): [string, Snippet[]] => [type, [{ label: labelOf(body), detail, body }]]);

/** Whole elements by their metaclass. Those that are missing are made of the grammar. */
export const snippets: Readonly<Record<string, readonly Snippet[]>> = {
  ...Object.fromEntries([...plain, ...lines]),
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
  CamelModel: eachDialect('camel model …', 'a model with a component, what it needs, and its cost', skeleton),
  Application: [{ label: 'application …', detail: 'an application with its version', body: "application ${1:Shop} { version '${2:1.0}' }" }],
  Software: [
    {
      label: 'software …',
      detail: 'a component with a port and a container',
      body: block(
        'software ${1:Web}',
        'requirements ${2:WebReqs}',
        'provided communication ${3:WebPort} port ${4:8080}',
        "container configuration ${5:WebContainer} { image '${6:registry.example.com/web:1.0}' }",
      ),
    },
  ],
  RequirementSet: [
    {
      label: 'requirements …',
      detail: 'a set of requirements',
      body: block('requirements ${1:WebReqs}', 'resource ${2:Needs.WebMachine}', 'horizontal scale ${3:Needs.WebScale}'),
    },
  ],
  ProvidedCommunication: [{ label: 'provided communication …', detail: 'a port at which the component serves', body: 'provided communication ${1:WebPort} port ${2:8080}' }],
  RequiredCommunication: [{ label: 'required communication …', detail: 'a port of another component that it uses', body: 'required communication ${1:DbPort} port ${2:5432}' }],
  Communication: [{ label: 'communication …', detail: 'connects two ports', body: 'communication ${1:WebToDb} from ${2:Web.DbPort} to ${3:Db.DbPort}' }],
  ScriptConfiguration: [
    {
      label: 'script configuration …',
      detail: 'commands that install and start the component',
      body: block('script configuration ${1:Setup}', "install '${2:apt-get install -y web}'", "start '${3:systemctl start web}'"),
    },
  ],
  ContainerConfiguration: [
    {
      label: 'container configuration …',
      detail: 'the image of a container with an environment',
      body: block(
        'container configuration ${1:WebContainer}',
        "image '${2:registry.example.com/web:1.0}'",
        ...nested(block('env feature ${3:environment}', "attribute ${4:LOG_LEVEL} : string '${5:info}'")),
      ),
    },
  ],
  ServerlessConfiguration: [
    {
      label: 'serverless configuration …',
      detail: 'a function that events call',
      body: block(
        'serverless configuration ${1:Function}',
        "binary code URL '${2:https://example.com/function.zip}'",
        ...nested(block('event configuration ${3:OnRequest}', "method name '${4:handle}'", 'method type ${5|get,post,put,delete,head,patch|}')),
      ),
    },
  ],
  Coupling: [
    {
      label: 'coupling …',
      detail: 'components that go together',
      body: block('coupling ${1:Together}', 'type ${2|same-host,same-zone,same-region,same-cloud|}', 'software [${3:Web}, ${4:Db}]'),
    },
  ],
  Separation: [
    {
      label: 'separation …',
      detail: 'components that do not go together',
      body: block('separation ${1:Apart}', 'type ${2|same-host,same-zone,same-region,same-cloud|}', 'software [${3:Web}, ${4:Db}]'),
    },
  ],
  ResourceRequirement: eachDialect('resource requirement …', 'cores and memory of a host', (dialect) =>
    block('resource requirement ${1:WebMachine}', ...(dialect === '2.5' ? [attributes.minCores, attributes.minMemory] : [attributes.cores, attributes.memory])),
  ),
  HorizontalScaleRequirement: [
    { label: 'horizontal scale requirement …', detail: 'how many instances there may be', body: 'horizontal scale requirement ${1:WebScale} [${2:1}, ${3:4}]' },
  ],
  LocationRequirement: [{ label: 'location requirement …', detail: 'where a host may stand', body: 'location requirement ${1:InEurope} [Locations.${2:EU}]' }],
  ProviderRequirement: [
    {
      label: 'provider requirement …',
      detail: 'who may offer a host',
      body: block('provider requirement ${1:Providers}', "provider names ['${2:aws}']", 'cloud type ${3|public,private,any|}'),
    },
  ],
  OsRequirement: [{ label: 'os requirement …', detail: 'the operating system of a host', body: 'os requirement ${1:Linux} { os ${2|ubuntu,debian,centos,fedora|} }' }],
  ImageRequirement: [{ label: 'image requirement …', detail: 'the images that a host may be started from', body: "image requirement ${1:Images} ['${2:ubuntu-22.04}']" }],
  OptimisationRequirement: [
    {
      label: 'optimisation requirement …',
      detail: 'the variable that is as small as can be',
      body: block('optimisation requirement ${1:Cheapest}', 'minimise', 'variable ${2:Metrics.Cost}', 'priority ${3:1.0}'),
    },
  ],
  Slo: [{ label: 'slo …', detail: 'a constraint that has to hold', body: 'slo ${1:Fast} constraint ${2:Constraints.ResponseTimeBound}' }],
  MetricConstraint: [
    {
      label: 'metric constraint …',
      detail: 'a bound for a metric',
      body: 'metric constraint ${1:ResponseTimeBound} : [${2:Metrics.ResponseTimeContext}] ${3|<,<=,>,>=,==,<>|} ${4:100.0}',
    },
  ],
  VariableConstraint: [
    { label: 'variable constraint …', detail: 'a bound for a variable', body: 'variable constraint ${1:Budget} : ${2:Metrics.Cost} ${3|<,<=,>,>=,==,<>|} ${4:100.0}' },
  ],
  LogicalConstraint: [
    { label: 'logical constraint …', detail: 'one constraint of several', body: 'logical constraint ${1:Both} : ${2|and,or,xor|} (${3:First}, ${4:Second})', dialect: '2.5' },
    {
      label: 'logical constraint …',
      detail: 'one constraint of several',
      body: [
        'logical constraint ${1:Both} : ${2|and,or,xor|} (',
        '  variable constraint ${3:First} : ${4:Metrics.Cost} < ${5:100.0},',
        '  variable constraint ${6:Second} : ${7:Metrics.Cost} > ${8:1.0}',
        ')',
      ].join('\n'),
      dialect: '3.0',
    },
  ],
  RawMetric: [{ label: 'raw metric …', detail: 'a metric that is measured', body: `raw metric \${1:RawResponseTime} { template ${templatePath('${2:ResponseTimeTemplate}')} }` }],
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
  MetricTemplate: [
    {
      label: 'template …',
      detail: 'an attribute that is measured, with its unit',
      body: block('template ${1:ResponseTimeTemplate}', 'attribute ${2:ResponseTime}', `unit ${unitPath('${3:MilliSeconds}')}`, 'direction ${4|-1,1,0|}'),
    },
  ],
  Sensor: [{ label: 'sensor …', detail: 'measures metrics', body: "sensor ${1:ResponseTimeSensor} { config '${2:probe}' }" }],
  Window: [
    {
      label: 'window …',
      detail: 'measurements that are taken together',
      body: block('window ${1:LastMinute}', 'type ${2|sliding,fixed|}', 'size type time-only', 'time size ${3:60}', `time unit ${unitPath('Seconds')}`),
    },
  ],
  Schedule: [{ label: 'schedule …', detail: 'when something is measured', body: block('schedule ${1:EveryMinute}', 'interval ${2:60}', `time unit ${unitPath('Seconds')}`) }],
  RawMetricContext: [
    {
      label: 'raw metric context …',
      detail: 'where and when a raw metric is measured',
      body: block(
        'raw metric context ${1:RawResponseTimeContext}',
        'metric ${2:RawResponseTime}',
        'sensor ${3:Metrics.ResponseTimeSensor}',
        'schedule ${4:EveryMinute}',
        'object context ${5:WebObject}',
      ),
    },
  ],
  CompositeMetricContext: [
    {
      label: 'composite metric context …',
      detail: 'where and when a composite metric is computed',
      body: block(
        'composite metric context ${1:ResponseTimeContext}',
        'metric ${2:MeanResponseTime}',
        'grouping ${3|per-instance,per-host,per-zone,per-region,per-cloud,global|}',
        'window ${4:LastMinute}',
        'object context ${5:WebObject}',
        'composing contexts [${6:RawResponseTimeContext}]',
      ),
    },
  ],
  MetricFunction: [{ label: 'function …', detail: 'a function that formulas can call', body: block('function ${1:Square}', "expression '${2:x * x}'", 'arguments [${3:x}]') }],
};
