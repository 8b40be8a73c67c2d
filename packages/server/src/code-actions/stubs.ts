/** What a new element looks like: the shortest text that is right by itself, to be filled in. */
import {
  block,
  isCall,
  isCommunication,
  isCompositeMetricContext,
  isRawMetricContext,
  templatePath,
  unitPath,
  type NewLines,
  type ProvidedCommunication,
  type RequiredCommunication,
  type Software,
  type SubModel,
} from '@camelc/language';
import type { AstNode } from 'langium';

export type SubModelType = SubModel['$type'];

/** What a stub may ask for, so that what it refers to is there. */
export interface Surroundings {
  /** How the new element refers to one of these kinds that the models have. */
  first(...types: string[]): string | undefined;
  /** Adds a further element to a sub-model of the kind; gives what to write before its name. */
  add(subModel: SubModelType, lines: NewLines): string;
  /** What holds the reference to the new element. */
  user: AstNode;
  /** What the new element becomes a part of. */
  holder: AstNode;
}

export interface Stub {
  type: string;
  /** The kind of sub-model that it stands in; a port stands in a component. */
  within: SubModelType | 'Component';
  lines(name: string, around: Surroundings): NewLines | undefined;
}

/** How a new sub-model of the kind begins, and how it is named. */
export const subModels: Readonly<Partial<Record<SubModelType, readonly [head: string, name: string]>>> = {
  DeploymentModel: ['deployment model', 'Deployment'],
  RequirementModel: ['requirement model', 'Requirements'],
  MetricModel: ['metric model', 'Metrics'],
  ConstraintModel: ['constraint model', 'Constraints'],
  DataTypeModel: ['data type model', 'Data'],
  LocationModel: ['location model', 'Places'],
  UnitModel: ['unit model', 'Units'],
  TypeModel: ['type model', 'Types'],
  OrganisationModel: ['organisation model', 'Organisation'],
  SecurityModel: ['security model', 'Security'],
  ScalabilityModel: ['scalability model', 'Scaling'],
};

const processing = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing';

const stub = (type: string, within: Stub['within'], lines: Stub['lines']): Stub => ({ type, within, lines });

const resource = stub('ResourceRequirement', 'RequirementModel', (name) =>
  block(`resource requirement ${name}`, [
    ...block('feature resources', [
      `attribute cores [${processing}.CPU.hasNumberofCores] : [int 1, int 4] ${unitPath('Cores')}`,
      `attribute ram [${processing}.RAM.TotalMemory] : [int 1024, int 8192] ${unitPath('MegaBytes')}`,
    ]),
  ]),
);
const featured = (type: string, head: string): Stub => stub(type, 'RequirementModel', (name) => block(`${head} ${name}`, ['attribute value : int 1']));
/** The stub, but not for such a user. */
const unless = (isUser: (node: AstNode) => boolean, { type, within, lines }: Stub): Stub =>
  stub(type, within, (name, around) => (isUser(around.user) ? undefined : lines(name, around)));
const metricVariable = stub('MetricVariable', 'MetricModel', (name) => block(`variable ${name}`, [`template ${templatePath('UtilityTemplate')}`, "formula '1.0'"]));
const rawMetric = stub('RawMetric', 'MetricModel', (name, { first }) =>
  block(`raw metric ${name}`, [`template ${first('MetricTemplate') ?? templatePath('ResponseTimeTemplate')}`]),
);
const sensor = stub('Sensor', 'MetricModel', (name) => block(`sensor ${name}`, ["config ''"]));
const software = stub('Software', 'DeploymentModel', (name) => block(`software ${name}`, []));
const dataSource = stub('DataSource', 'DataTypeModel', (name) => block(`data source ${name}`, ['external']));
const region = stub('Region', 'LocationModel', (name) => block(`region ${name}`, [`name "${name}"`]));
const singleUnit = stub('SingleUnit', 'UnitModel', (name) => block(`single unit ${name}`, []));
const context = stub('RawMetricContext', 'MetricModel', (name, { first, add }) => {
  const metric = first('RawMetric') ?? `${add('MetricModel', rawMetricLines(`${name}Metric`))}${name}Metric`;
  const probe = first('Sensor') ?? `${add('MetricModel', block(`sensor ${name}Sensor`, ["config ''"]))}${name}Sensor`;
  return block(`raw metric context ${name}`, [`metric ${metric}`, `sensor ${probe}`]);
});
const rawMetricLines = (name: string): NewLines => block(`raw metric ${name}`, [`template ${templatePath('ResponseTimeTemplate')}`]);
const variableConstraint = stub('VariableConstraint', 'ConstraintModel', (name, { first }) => {
  const variable = first('MetricVariable');
  return variable ? [`variable constraint ${name} : ${variable} <= 1.0`] : undefined;
});
const metricConstraint = stub('MetricConstraint', 'ConstraintModel', (name, { first }) => {
  const measured = first('RawMetricContext', 'CompositeMetricContext');
  return measured ? [`metric constraint ${name} : [${measured}] <= 1.0`] : undefined;
});
const port = (type: string, head: string): Stub => stub(type, 'Component', (name, { user }) => [`${head} ${name} ${portsOfOtherEnd(user)}`]);

function portsOfOtherEnd(user: AstNode): string {
  const other: RequiredCommunication | ProvidedCommunication | undefined = isCommunication(user) ? (user.from?.ref ?? user.to?.ref) : undefined;
  if (other?.portLow !== undefined) return `port [${other.portLow}, ${other.portHigh}]`;
  return `port ${other?.port ?? 80}`;
}

/** By the kind of element that a reference asks for, the likeliest first. */
export const stubs: Readonly<Record<string, readonly Stub[]>> = {
  RequirementSet: [
    stub('RequirementSet', 'DeploymentModel', (name, { first, add }) => {
      const known = first('ResourceRequirement');
      if (known) return block(`requirements ${name}`, [`resource ${known}`]);
      const model = add('RequirementModel', [`horizontal scale requirement ${name}Scale [1, 4]`]);
      return block(`requirements ${name}`, [`horizontal scale ${model}${name}Scale`]);
    }),
  ],
  ResourceRequirement: [resource],
  LocationRequirement: [stub('LocationRequirement', 'RequirementModel', (name) => [`location requirement ${name} [Locations.EU]`])],
  ProviderRequirement: [stub('ProviderRequirement', 'RequirementModel', (name) => block(`provider requirement ${name}`, ['cloud type public']))],
  OsRequirement: [stub('OsRequirement', 'RequirementModel', (name) => block(`os requirement ${name}`, ['os "ubuntu"']))],
  ImageRequirement: [stub('ImageRequirement', 'RequirementModel', (name) => [`image requirement ${name} ["ubuntu"]`])],
  HorizontalScaleRequirement: [stub('HorizontalScaleRequirement', 'RequirementModel', (name) => [`horizontal scale requirement ${name} [1, 4]`])],
  VerticalScaleRequirement: [featured('VerticalScaleRequirement', 'vertical scale requirement')],
  PaasRequirement: [featured('PaasRequirement', 'paas requirement')],
  CommunicationRequirement: [featured('CommunicationRequirement', 'communication requirement')],
  Component: [software],
  VariableSubject: [software, dataSource],
  RequiredCommunication: [port('RequiredCommunication', 'required communication')],
  ProvidedCommunication: [port('ProvidedCommunication', 'provided communication')],
  // A component stands on one host.
  RequiredHost: [stub('RequiredHost', 'Component', (name, { holder }) => ((holder as Partial<Software>).requiredHost ? undefined : [`required host ${name}`]))],
  ProvidedHost: [stub('ProvidedHost', 'Component', (name) => [`provided host ${name}`])],
  Communication: [
    stub('Communication', 'DeploymentModel', (name, { first }) => {
      const [from, to] = [first('RequiredCommunication'), first('ProvidedCommunication')];
      return from && to ? [`communication ${name} from ${from} to ${to}`] : undefined;
    }),
  ],
  FormulaSymbol: [metricVariable, rawMetric],
  // A raw metric context is about a raw metric, a composite one about any other.
  Metric: [unless(isCompositeMetricContext, rawMetric), unless(isRawMetricContext, metricVariable)],
  MetricVariable: [metricVariable],
  MetricTemplate: [
    stub('MetricTemplate', 'MetricModel', (name, { first, add }) => {
      const attribute = first('MeasurableAttribute') ?? `${add('MetricModel', [`measurable attribute ${name}Attribute`])}${name}Attribute`;
      return block(`template ${name}`, [`attribute ${attribute}`, `unit ${unitPath('Ratio')}`]);
    }),
  ],
  MetricFunction: [
    stub('MetricFunction', 'MetricModel', (name, { user }) => {
      const parameters = Array.from({ length: isCall(user) ? user.arguments.length : 1 }, (_, i) => String.fromCharCode(97 + i));
      return block(`function ${name}`, [
        `expression '${parameters.join(' + ') || '0'}'`,
        ...(parameters.length ? [`arguments [${parameters.map((p) => `"${p}"`).join(', ')}]`] : []),
      ]);
    }),
  ],
  MetricContext: [context],
  Sensor: [sensor],
  AnyAttribute: [stub('MeasurableAttribute', 'MetricModel', (name) => [`measurable attribute ${name}`])],
  ObjectContext: [
    stub('ObjectContext', 'MetricModel', (name, { first }) => {
      const component = first('Software');
      return component ? block(`object context ${name}`, [`component ${component}`]) : undefined;
    }),
  ],
  Window: [stub('Window', 'MetricModel', (name) => block(`window ${name}`, ['type sliding', 'size type time-only', 'time size 5', `time unit ${unitPath('Minutes')}`]))],
  Schedule: [stub('Schedule', 'MetricModel', (name) => block(`schedule ${name}`, ['interval 1', `time unit ${unitPath('Minutes')}`]))],
  Constraint: [variableConstraint, metricConstraint],
  Location: [region],
  Region: [region],
  Data: [stub('Data', 'DataTypeModel', (name) => block(`data ${name}`, []))],
  DataSource: [dataSource],
  Unit: [singleUnit],
  UnitDimension: [stub('UnitDimension', 'UnitModel', (name) => block(`dimension ${name}`, []))],
  ValueType: [stub('ValueRange', 'TypeModel', (name) => block(`range ${name}`, ['primitive type double', 'lower limit incl. double 0.0', 'upper limit incl. double 1.0']))],
  ScalabilityEvent: [
    stub('NonFunctionalEvent', 'ScalabilityModel', (name, { first }) => {
      const constraint = first('MetricConstraint', 'VariableConstraint', 'LogicalConstraint', 'IfThenConstraint');
      return constraint ? block(`nonfunctional ${name}`, [`constraint ${constraint}`, 'violation']) : undefined;
    }),
  ],
  ScalingAction: [
    stub('HorizontalScalingAction', 'ScalabilityModel', (name, { first }) => {
      const component = first('Software');
      return component ? block(`horizontal scaling action ${name}`, [`software ${component}`, 'count 1']) : undefined;
    }),
  ],
  Timer: [stub('Timer', 'ScalabilityModel', (name) => block(`timer ${name}`, ['type within', 'time value 5', `unit ${unitPath('Minutes')}`]))],
  SecurityDomain: [stub('SecurityDomain', 'SecurityModel', (name) => block(`domain ${name}`, [`name "${name}"`]))],
  User: [stub('User', 'OrganisationModel', (name) => block(`user ${name}`, [`first name "${name}"`, 'last name "Example"', 'email "user@example.com"']))],
  Role: [stub('Role', 'OrganisationModel', (name) => [`role ${name}`])],
};
