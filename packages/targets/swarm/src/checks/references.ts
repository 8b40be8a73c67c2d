import { diagnose, nearest, type Diagnostic } from '@camelc/diagnostics';
import type { Stack, StackService } from '../stack.js';

/** Networks, volumes, secrets and configs that a service uses and nobody declares, and files that would lie in one place. */
export function checkReferences(stack: Stack): Diagnostic[] {
  return Object.entries(stack.services).flatMap(([name, service]) => [...undeclared(stack, name, service), ...targetClashes(name, service)]);
}

function undeclared(stack: Stack, name: string, service: StackService): Diagnostic[] {
  const uses = {
    network: networksOf(service).filter((network) => network !== 'default'),
    volume: (service.volumes ?? []).flatMap(({ type, source }) => (type === 'volume' && source ? [source] : [])),
    secret: (service.secrets ?? []).map(({ source }) => source),
    config: (service.configs ?? []).map(({ source }) => source),
  };
  return (['network', 'volume', 'secret', 'config'] as const).flatMap((kind) => {
    const declared = Object.keys(stack[`${kind}s`] ?? {});
    return uses[kind]
      .filter((use) => !declared.includes(use))
      .map((use) => diagnose('swarm/undeclared', { path: `services.${name}.${kind}s`, kind, name: use, suggestion: nearest(use, declared) }));
  });
}

/** Two mounts at one path; two secrets, or two configs, in one file. */
function targetClashes(name: string, service: StackService): Diagnostic[] {
  const targets = {
    volumes: (service.volumes ?? []).map(({ target }) => target.replace(/(.)\/+$/, '$1')),
    secrets: (service.secrets ?? []).map(({ source, target }) => fullPath('/run/secrets/', target ?? source)),
    configs: (service.configs ?? []).map(({ source, target }) => fullPath('/', target ?? source)),
  };
  return Object.entries(targets).flatMap(([section, paths]) =>
    [...new Set(paths.filter((path, index) => paths.indexOf(path) !== index))].map((target) => diagnose('swarm/target-clash', { path: `services.${name}.${section}`, target })),
  );
}

const fullPath = (folder: string, target: string): string => (target.startsWith('/') ? target : folder + target);

const networksOf = ({ networks }: StackService): string[] => (Array.isArray(networks) ? networks : Object.keys(networks ?? {}));
