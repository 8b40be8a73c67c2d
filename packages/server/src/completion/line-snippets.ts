import { unitPath } from '@camelc/language';

/** Elements without a block, by metaclass: what they are for, and how they are written. `${1:Name}` is a place to fill in, `${2|a,b|}` a choice. */
export const lineSnippets: Readonly<Record<string, readonly [detail: string, body: string]>> = {
  Attribute: ['a property with its value', 'attribute ${1:size} : int ${2:1}'],
  QualityAttribute: ['a property that is a quality, with its value', `quality attribute \${1:delay} : int \${2:20} ${unitPath('MilliSeconds')}`],
  MeasurableAttribute: ['a property that is measured', 'measurable attribute ${1:ResponseTime}'],
  RequiredHost: ['that the component stands on a host', 'required host ${1:WebHost}'],
  ProvidedHost: ['that components can stand on it', 'provided host ${1:MachineHost}'],
  SequenceFlow: ['components that run one after the other', 'sequence ${1:InOrder} [${2:Web}, ${3:Db}]'],
  ParallelFlow: ['components that run at the same time', 'parallel ${1:AtOnce} [${2:Web}, ${3:Db}]'],
  UnaryEventPattern: ['an event that happens often, or not', 'unary event pattern ${1:OftenBusy} ${2|every,not,when|} (${3:WebIsBusy})'],
  SecurityAttribute: ['a property of security', 'security attribute ${1:KeyLength} domain ${2:Privacy} : int ${3:256}'],
  CertifiableAttribute: ['a property of security that somebody certifies', 'certifiable ${1:Audited} domain ${2:Privacy} : boolean ${3|true,false|}'],
  SecuritySlo: ['a constraint of security that has to hold', 'security SLO ${1:FewIncidents} constraint ${2:Constraints.IncidentBound}'],
  StringType: ['any text', 'string type ${1:Text}'],
  BooleanType: ['true or false', 'boolean type ${1:Flag}'],
  ExternalIdentifier: ['a name in another system', 'external identifier ${1:CustomerNumber}'],
  PlatformCredentials: ['how the person proves who it is', "platform credentials ${1:Login} : '\\$${2:PLATFORM_PASSWORD}'"],
  UserGroup: ['people together', 'user group ${1:Operators} [${2:Ada}]'],
  Role: ['what people may be', 'role ${1:Admin}'],
};
