/** Which variables a model names, whatever is solved. */
import type { Application } from '@camelc/application/model';
import { containerOf } from './container.js';
import type { Images } from './images-file.js';
import { sortSettings } from './settings.js';
import { variablesIn, VariableResolver } from './variables.js';

/** Names of variables whose values stand outside of the model, sorted: those of credentials, and the others. */
export interface NamedVariables {
  credentials: string[];
  others: string[];
}

/** The variables that the containers of an application name as `$NAME`. */
export function namedVariables({ components }: Application, images: Images | undefined): NamedVariables {
  const credentials = new Set<string>();
  const others = new Set<string>();
  for (const component of components) {
    const { container } = containerOf(component, images?.[component.name]);
    if (!container) continue;
    const { secrets, login } = sortSettings(component, container.settings, new VariableResolver({}));
    for (const { variable } of secrets.values()) credentials.add(variable);
    for (const variable of [login.user, login.password]) if (variable) credentials.add(variable);
    for (const text of [container.image.text, ...container.settings.map((setting) => setting.text)]) for (const name of variablesIn(text)) others.add(name);
  }
  return { credentials: [...credentials].sort(), others: [...others].filter((name) => !credentials.has(name)).sort() };
}
