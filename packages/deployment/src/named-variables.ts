/** Which variables a model names, whatever is solved. */
import type { Application } from '@camelc/application/model';
import { containerOf, type Container } from './container.js';
import type { Images } from './images-file.js';
import { sortSettings, type SortedSettings } from './settings.js';
import { variablesIn, VariableResolver } from './variables.js';

/** Names of variables whose values stand outside of the model, sorted: those of credentials, and the others. */
export interface NamedVariables {
  credentials: string[];
  others: string[];
}

/** The variables that the containers of an application name as `$NAME`. */
export function namedVariables(application: Application, images: Images | undefined): NamedVariables {
  const credentials = new Set<string>();
  const others = new Set<string>();
  for (const { container, sorted } of settingsOf(application, images)) {
    for (const { variable } of sorted.secrets.values()) credentials.add(variable);
    for (const variable of [sorted.login.user, sorted.login.password]) if (variable) credentials.add(variable);
    for (const text of [container.image.text, ...container.settings.map((setting) => setting.text)]) for (const name of variablesIn(text)) others.add(name);
  }
  return { credentials: [...credentials].sort(), others: [...others].filter((name) => !credentials.has(name)).sort() };
}

/** Variables that are the value of a credential somewhere: wherever else they stand, they are one too. */
export function confidentialVariables(application: Application, images: Images | undefined): Set<string> {
  const uses = settingsOf(application, images).flatMap(({ sorted: { secrets, login } }) => [...secrets.values(), ...(login.password ? [{ variable: login.password }] : [])]);
  return new Set(uses.map(({ variable }) => variable));
}

function settingsOf({ components }: Application, images: Images | undefined): { container: Container; sorted: SortedSettings }[] {
  return components.flatMap((component) => {
    const { container } = containerOf(component, images?.[component.name]);
    return container ? [{ container, sorted: sortSettings(component, container.settings, new VariableResolver({})) }] : [];
  });
}
