import { SymbolKind } from 'vscode-languageserver';

const kinds: Readonly<Record<string, SymbolKind>> = {
  CamelModel: SymbolKind.Module,
  Application: SymbolKind.Package,
  Software: SymbolKind.Class,
  Vm: SymbolKind.Class,
  Container: SymbolKind.Class,
  Paas: SymbolKind.Class,
  Sensor: SymbolKind.Class,
  RequiredHost: SymbolKind.Interface,
  ProvidedHost: SymbolKind.Interface,
  RequiredCommunication: SymbolKind.Interface,
  ProvidedCommunication: SymbolKind.Interface,
  Communication: SymbolKind.Operator,
  Hosting: SymbolKind.Operator,
  RequirementSet: SymbolKind.Struct,
  Attribute: SymbolKind.Property,
  QualityAttribute: SymbolKind.Property,
  MeasurableAttribute: SymbolKind.Property,
  SecurityAttribute: SymbolKind.Property,
  CertifiableAttribute: SymbolKind.Property,
  MetricTemplate: SymbolKind.TypeParameter,
  RawMetric: SymbolKind.Variable,
  CompositeMetric: SymbolKind.Variable,
  RawSecurityMetric: SymbolKind.Variable,
  CompositeSecurityMetric: SymbolKind.Variable,
  MetricVariable: SymbolKind.Variable,
  FunctionParameter: SymbolKind.Variable,
  MetricFunction: SymbolKind.Function,
  Data: SymbolKind.File,
  DataSource: SymbolKind.File,
  SingleUnit: SymbolKind.Constant,
  CompositeUnit: SymbolKind.Constant,
  Dimensionless: SymbolKind.Constant,
  Region: SymbolKind.Constant,
  CloudLocation: SymbolKind.Constant,
  ValueRange: SymbolKind.Enum,
  ValueRangeUnion: SymbolKind.Enum,
  ValueList: SymbolKind.Enum,
  StringType: SymbolKind.Enum,
  BooleanType: SymbolKind.Enum,
  SecurityControl: SymbolKind.Key,
  Concept: SymbolKind.Class,
  MmsProperty: SymbolKind.Property,
};

/** The kind by which editors choose an icon, from the metaclass. */
export function symbolKindOf(type: string): SymbolKind {
  if (kinds[type]) return kinds[type];
  if (type.endsWith('Model')) return SymbolKind.Namespace;
  if (type.endsWith('Constraint')) return SymbolKind.Boolean;
  if (/Requirement$|Slo$/.test(type)) return SymbolKind.Field;
  if (/Event$|EventPattern$/.test(type)) return SymbolKind.Event;
  return type.endsWith('Action') ? SymbolKind.Method : SymbolKind.Object;
}
