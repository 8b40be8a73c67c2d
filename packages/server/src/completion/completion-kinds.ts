import { CompletionItemKind } from 'vscode-languageserver';

/** How editors draw the elements of a metaclass. */
export function completionKindOf(type: string): CompletionItemKind {
  if (type.endsWith('Model')) return CompletionItemKind.Module;
  if (/^(Software|Vm|Container|Paas|Sensor|Data|DataSource|DataInstance|DataSourceInstance)$/.test(type)) return CompletionItemKind.Class;
  if (/^(Provided|Required)/.test(type)) return CompletionItemKind.Interface;
  if (/Unit$|^Dimensionless$|^UnitDimension$/.test(type)) return CompletionItemKind.Unit;
  if (/Metric$|Variable$|^FunctionParameter$/.test(type)) return CompletionItemKind.Variable;
  if (type.endsWith('Function')) return CompletionItemKind.Function;
  if (/Attribute$|Property$|PropertyInstance$|^Certifiable/.test(type)) return CompletionItemKind.Property;
  if (type.startsWith('Concept')) return CompletionItemKind.Module;
  if (/^Value|Type$|Template$/.test(type)) return CompletionItemKind.Struct;
  if (/Event|Pattern/.test(type)) return CompletionItemKind.Event;
  return CompletionItemKind.Reference;
}
