/** Credentials that stand in a model for all who can read it. No message quotes one. */
import { holdsCredential, isCredentialName, isReference } from '@camelc/diagnostics';
import { isStringValue, type Attribute, type CloudCredentials, type PlatformCredentials } from '../generated/ast.js';
import { annotationNames } from '../meaning/attributes.js';
import type { AstNode } from 'langium';
import type { Checks, Report } from './check.js';
import { fix, replaced } from './edits.js';

function attributeHoldsNoCredential(attribute: Attribute, report: Report): void {
  const { name = '', value } = attribute;
  if (!isStringValue(value) || isReference(value.value)) return;
  // Docker arguments and environments are texts of a name and a value: `PASSWORD word`, `PASSWORD=word`.
  const [, argument = '', rest = ''] = /^\s*([\w.-]+)[\s=]+(.*)$/s.exec(value.value) ?? [];
  const isNamed = [name, ...annotationNames(attribute)].some(isCredentialName) && !/\s/.test(value.value.trim());
  if (isNamed) reportAt(value, name, report);
  else if (isCredentialName(argument) && rest.trim() !== '' && !isReference(rest) && !/\s/.test(rest.trim())) reportAt(value, argument, report, `${argument} `);
  else if (holdsCredential(value.value)) reportAt(value, name, report, undefined);
}

function reportAt(node: AstNode, name: string, report: Report, prefix: string | undefined = ''): void {
  const d = report('credential/in-clear', { name }, node, 'value');
  // Where it is only a part of the text, which part is not known.
  if (prefix !== undefined && name) d.fixes = fix(`Write the variable $${variableOf(name)} instead`, replaced(`'${prefix}$${variableOf(name)}'`, node, 'value'));
}

const variableOf = (name: string): string =>
  name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_')
    .replaceAll(/\W/g, '_')
    .toUpperCase();

function propertyIsNoCredential(node: AstNode, property: string, words: string, report: Report): void {
  const value = (node as unknown as Record<string, unknown>)[property];
  if (typeof value !== 'string' || isReference(value)) return;
  report('credential/in-clear', { name: words }, node, property).fixes = fix(
    `Write the variable $${variableOf(words)} instead`,
    replaced(`'$${variableOf(words)}'`, node, property),
  );
}

/** Commands and addresses of configurations, and all other texts of a node, may carry a key or a password. */
function textsHoldNoCredential(node: AstNode, report: Report): void {
  for (const [property, value] of Object.entries(node)) {
    if (typeof value !== 'string' || property.startsWith('$') || property === 'name' || !mayHoldSecret(value)) continue;
    report('credential/in-clear', { name: property }, node, property);
  }
}

/** In a command also `--password word` and `PASSWORD=word`. */
function mayHoldSecret(text: string): boolean {
  if (holdsCredential(text)) return true;
  for (const [, name = '', value = ''] of text.matchAll(/(?:^|\s)-{0,2}([A-Za-z][\w.-]*)[= ]("[^"]*"|'[^']*'|\S+)/g)) {
    if (isCredentialName(name) && isOption(text, name) && !/^["']?\$/.test(value) && !value.startsWith('-')) return true;
  }
  return false;
}

const isOption = (text: string, name: string): boolean => text.includes(`--${name}`) || text.includes(`${name}=`);

const configurations = [
  'ScriptConfiguration',
  'ContainerConfiguration',
  'PaasConfiguration',
  'ClusterConfiguration',
  'ServerlessConfiguration',
  'BuildConfiguration',
  'Sensor',
] as const;

export const credentialChecks: Checks = {
  Attribute: [attributeHoldsNoCredential],
  PlatformCredentials: [(node: PlatformCredentials, report) => propertyIsNoCredential(node, 'password', 'password', report)],
  CloudCredentials: [
    (node: CloudCredentials, report) => propertyIsNoCredential(node, 'password', 'password', report),
    (node: CloudCredentials, report) => propertyIsNoCredential(node, 'privateSshKey', 'privateKey', report),
  ],
  ...Object.fromEntries(configurations.map((type) => [type, [textsHoldNoCredential]])),
};
