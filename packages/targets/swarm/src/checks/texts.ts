import { isImageReference } from '@camelc/deployment';
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Stack } from '../stack.js';

/** Images, and variables that are left to the environment of `docker stack deploy`, where an unset one becomes nothing: `nginx:${TAG}` is then `nginx:`. */
export function checkTexts(stack: Stack): Diagnostic[] {
  const diagnostics = variables(stack, []);
  for (const [name, { image }] of Object.entries(stack.services)) {
    const path = `services.${name}.image`;
    if (!image) diagnostics.push(diagnose('swarm/no-image', { path: `services.${name}` }));
    else if (!image.includes('$') && !isImageReference(image)) diagnostics.push(diagnose('swarm/image', { path, image }));
  }
  return diagnostics;
}

/** `$$` is a dollar sign; `${NAME:-default}` and `${NAME-default}` have a value always; what else follows a dollar sign is no variable. */
function variables(value: unknown, path: string[]): Diagnostic[] {
  if (typeof value === 'string') {
    const found = [...value.matchAll(/\$(?:(\$)|\{(\w+)(:?-[^}]*|:?[?+][^}]*)?\}|([A-Za-z_]\w*))?/g)];
    return found.flatMap(([, dollar, braced, otherwise = '', bare]) => {
      const name = braced ?? bare;
      if (dollar || /^:?-/.test(otherwise)) return [];
      return [name === undefined ? diagnose('swarm/dollar', { path: path.join('.') }) : diagnose('swarm/variable', { path: path.join('.'), name })];
    });
  }
  return value && typeof value === 'object' ? Object.entries(value).flatMap(([key, item]) => variables(item, [...path, key])) : [];
}
