import { diagnose, hasKey, hasPasswordInAddress, isCredentialName, type Diagnostic, type Place } from '@camelc/diagnostics';
import type { Component } from '@camelc/application/model';
import type { Setting } from './container.js';
import { registryKeys } from './registry.js';
import { soleVariable, type VariableResolver } from './variables.js';

/** What a docker argument asks for, as written but for its name. */
export interface AskedText {
  text: string;
  place: Place;
}

/** What the settings of one component come to. */
export interface SortedSettings {
  environment: Map<string, { value: string; place: Place }>;
  /** By the name of the setting, the variable that holds the credential. */
  secrets: Map<string, { variable: string; place: Place }>;
  login: { user?: string; password?: string; from: Place[] };
  volumes: AskedText[];
  configs: AskedText[];
  diagnostics: Diagnostic[];
}

/**
 * Sorts a component's settings into variables of its service, credentials in secrets, logins to the registry, volumes and configurations.
 * A credential is what is named or annotated like one, or stands for a variable named so; its value is never looked up.
 */
export function sortSettings(component: Component, settings: readonly Setting[], variables: VariableResolver): SortedSettings {
  const sorted: SortedSettings = { environment: new Map(), secrets: new Map(), login: { from: [] }, volumes: [], configs: [], diagnostics: [] };
  for (const { kind, name, text, place, annotations } of settings) {
    const variable = soleVariable(text);
    const literal = (): void => void sorted.diagnostics.push(diagnose('deployment/literal-credential', { component: component.name, name }, place));
    const login = kind === 'argument' ? registryKeys.get(name.toLowerCase()) : undefined;
    if (login) {
      sorted.login.from.push(place);
      if (variable) sorted.login[login] = variable;
      else literal();
    } else if (kind === 'argument' && name === 'config') {
      sorted.configs.push({ text, place });
    } else if (kind === 'argument' && name === 'volume') {
      const credential = variables.credentialIn(text);
      if (credential) sorted.diagnostics.push(diagnose('deployment/embedded-credential', { component: component.name, name, variable: credential }, place));
      else sorted.volumes.push({ text: variables.resolve(text, place), place });
    } else if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) {
      sorted.diagnostics.push(diagnose('deployment/environment-name', { component: component.name, name }, place));
    } else if (kind === 'secret' || isCredentialName(name) || annotations.some(isCredentialName) || (variable && variables.isCredential(variable))) {
      if (variable) {
        sorted.environment.delete(name);
        sorted.secrets.set(name, { variable, place });
      } else literal();
    } else {
      const credential = variables.credentialIn(text);
      if (credential) sorted.diagnostics.push(diagnose('deployment/embedded-credential', { component: component.name, name, variable: credential }, place));
      else if (hasPasswordInAddress(text) || hasKey(text)) literal();
      else sorted.environment.set(name, { value: variables.resolve(text, place), place });
    }
  }
  return sorted;
}

/** Credentials written out in attributes that are no settings: they are as readable in the model as any other. */
export function literalCredentials({ name: component, attributes, configuration }: Component): Diagnostic[] {
  const configured = (configuration?.attributes ?? []).filter(({ name }) => configuration?.kind !== 'container' || !registryKeys.has(name.toLowerCase()));
  return [...attributes, ...configured]
    .filter(({ name, annotations, value }) => typeof value === 'string' && [name, ...annotations].some(isCredentialName) && !soleVariable(value))
    .map(({ name, place, valuePlace }) => diagnose('deployment/literal-credential', { component, name }, valuePlace ?? place));
}
