/** Credentials that stand in a model for all who can read it. No message quotes one. */
import { holdsCredential, isCredentialName, isReference } from '@camelc/diagnostics';
import type { AstNode } from 'langium';
import { isStringValue, type Attribute, type CloudCredentials, type PlatformCredentials } from '../generated/ast.js';
import { annotationNames } from '../meaning/attributes.js';
import type { Checks, Report } from './check.js';
import { fix, replaced } from '../edits.js';

function attributeHoldsNoCredential(attribute: Attribute, report: Report): void {
  const { name = '', value } = attribute;
  if (!isStringValue(value) || isReference(value.value)) return;
  // Docker arguments and environments are texts of a name and a value: `PASSWORD word`, `PASSWORD=word`.
  const [, start = '', argument = '', rest = ''] = /^(\s*([\w.-]+)[\s=]+)(.*)$/s.exec(value.value) ?? [];
  const isNamed = [name, ...annotationNames(attribute)].some(isCredentialName) && !/\s/.test(value.value.trim());
  if (isNamed) reportValue(value, 'value', name, report);
  else if (isCredentialName(argument) && rest.trim() !== '' && !isReference(rest) && !/\s/.test(rest.trim())) reportValue(value, 'value', argument, report, start);
  // Which part of the text it is, is not known.
  else if (holdsCredential(value.value)) report('credential/in-clear', { name }, value, 'value');
}

function propertyIsNoCredential(node: AstNode, property: string, name: string, report: Report): void {
  const value = (node as unknown as Record<string, unknown>)[property];
  if (typeof value === 'string' && !isReference(value)) reportValue(node, property, name, report);
}

/** @param before what the text has before the credential, which is the rest of it */
function reportValue(node: AstNode, property: string, name: string, report: Report, before = ''): void {
  const variable = `$${name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_')
    .replaceAll(/\W/g, '_')
    .toUpperCase()}`;
  const diagnostic = report('credential/in-clear', { name }, node, property);
  if (name) diagnostic.fixes = fix(`Write the variable ${variable} instead`, replaced(`'${before}${variable}'`, node, property));
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
