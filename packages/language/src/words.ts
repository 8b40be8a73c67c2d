/** What users call the metaclasses, where that is not the name of the metaclass in words. */
const kinds: Readonly<Record<string, string>> = {
  AnyAttribute: 'attribute',
  FormulaSymbol: 'metric or variable',
  MmsObject: 'metadata',
  MmsProperty: 'metadata property',
  MetricFunction: 'function',
  MetricVariable: 'metric variable',
  VariableSubject: 'component or data source',
  MetricTemplate: 'template',
  ValueRange: 'value type',
  OsRequirement: 'operating system requirement',
  Slo: 'SLO',
  SecuritySlo: 'security SLO',
  UnitDimension: 'dimension',
  UnitModel: 'unit model',
  CloudProvider: 'provider',
  AlternativeComponents: 'alternative',
  Vm: 'virtual machine',
};

/** The name of a metaclass or a kind of reference in words: `RequirementSet` is a requirement set. */
export const kindOf = (type: string): string => kinds[type] ?? type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
