import { entry, type Entry } from '../entry.js';
import { machine, machines, shop } from './examples.js';

/** What Docker Swarm refuses in a stack, found before it is deployed. `path` is where it stands in the stack. */
export const swarm = {
  'swarm/name': entry<{ path: string; name: string; problem: string }>({
    severity: 'error',
    message: ({ path, name, problem }) => `stack, ${path}: \`${name}\` ${problem}`,
    help: () => 'shorten it, or use letters, digits and hyphens only',
    explanation:
      "A swarm knows the parts of a stack by the stack's name, an underscore and their own. For services and networks that is one label of a DNS name, of at most 63 characters; for secrets and configs at most 64 characters.",
  }),
  'swarm/no-image': entry<{ path: string }>({
    severity: 'error',
    message: ({ path }) => `stack, ${path}: there is no image`,
    help: () => 'name one; a swarm does not build images',
    explanation: '`docker stack config` accepts a service without an image, the manager does not: "image reference must be provided".',
  }),
  'swarm/image': entry<{ path: string; image: string }>({
    severity: 'error',
    message: ({ path, image }) => `stack, ${path}: \`${image}\` is no image reference`,
    help: () => 'write `REGISTRY:PORT/PATH:TAG`, the path in lower case; `nginx:` comes from a variable for the tag that is not set',
    explanation: 'An image reference is a path in lower case, with a registry before it and a tag or digest after it where they are wanted.',
  }),
  'swarm/variable': entry<{ path: string; name: string }>({
    severity: 'error',
    message: ({ path, name }) => `stack, ${path}: the value of $${name} is left to whoever deploys the stack, and is empty if they do not set it`,
    help: ({ name }) => `put its value there, or a default, \`\${${name}:-DEFAULT}\`; a dollar sign itself is \`$$\``,
    explanation: '`docker stack deploy` replaces variables by those of its own environment, and an unset one by nothing, with no more than a warning.',
  }),
  'swarm/dollar': entry<{ path: string }>({
    severity: 'error',
    message: ({ path }) => `stack, ${path}: a dollar sign stands alone`,
    help: () => 'write it as `$$`',
    explanation: '`docker stack deploy` looks for variables behind each dollar sign, and refuses the whole stack where there is none.',
  }),
  'swarm/undeclared': entry<{ path: string; kind: string; name: string; suggestion: string | undefined }>({
    severity: 'error',
    message: ({ path, kind, name }) => `stack, ${path}: there is no ${kind} \`${name}\` in the stack`,
    help: ({ kind, suggestion }) => (suggestion ? `did you mean \`${suggestion}\`?` : `declare it below \`${kind}s:\`, with \`external: true\` if it is made elsewhere`),
    explanation: 'Networks, volumes, secrets and configs that a service uses are declared at the top level of the stack. `docker stack config` does not look.',
  }),
  'swarm/target-clash': entry<{ path: string; target: string }>({
    severity: 'error',
    message: ({ path, target }) => `stack, ${path}: two of them would stand at ${target}`,
    help: () => 'give one of them another target',
    explanation: 'A path in a container can hold one mount, one secret or one config.',
  }),
  'swarm/port-clash': entry<{ path: string; port: number; other: string }>({
    severity: 'error',
    message: ({ path, port, other }) => `stack, ${path}: port ${port} is already published by ${other}`,
    help: () => 'publish another port, or both in host mode on different hosts',
    explanation: 'A port in ingress mode is taken on every host of the swarm. In host mode it is taken where the service stands; the scheduler keeps two such services apart.',
  }),
  'swarm/ingress-dnsrr': entry<{ path: string }>({
    severity: 'error',
    message: ({ path }) => `stack, ${path}: a port in ingress mode needs \`endpoint_mode: vip\``,
    help: () => 'publish it with `mode: host`, or let the service have a virtual address',
    explanation: 'The ingress network sends what arrives on any host to the virtual address of the service. With `dnsrr` there is none.',
  }),
  'swarm/value': entry<{ path: string; value: string; allowed: string }>({
    severity: 'error',
    message: ({ path, value, allowed }) => `stack, ${path}: \`${value}\` is not understood by a swarm, only ${allowed}`,
    explanation:
      '`docker stack config` knows the shape of a stack, not its values: an unknown mode, a failure action or an order that is none, too little memory (less than 4 MiB) or cpu (less than 0.001), or a negative time are refused by the manager only, when half of the stack may already be deployed.',
  }),
  'swarm/constraint': entry<{ path: string; constraint: string; problem: string }>({
    severity: 'error',
    message: ({ path, constraint, problem }) => `stack, ${path}: the constraint \`${constraint}\` ${problem}`,
    help: () => 'write it like `node.labels.zone == west` or `node.role != manager`',
    explanation:
      'A placement constraint compares, without regard to case, one of node.id, node.hostname, node.ip, node.role, node.platform.os, node.platform.arch, node.labels.NAME and engine.labels.NAME with a value, by == or !=.',
  }),
  'swarm/global': entry<{ path: string }>({
    severity: 'error',
    message: ({ path }) => `stack, ${path}: a global service has no number of replicas`,
    help: () => 'leave `replicas` out, or use `mode: replicated`',
    explanation: 'A global service has one task on each node that its constraints allow.',
  }),
  'swarm/uneven': entry<{ component: string; least: number; most: number; port: number }>({
    severity: 'warning',
    message: ({ component, least, most }) =>
      `the solution has from ${least} to ${most} instances of ${component} on a host; the swarm spreads them evenly, at most ${most} on each`,
    help: ({ port }) => `let another component take port ${port} and a communication lead to this one`,
    explanation:
      'A swarm knows one limit of replicas per host for each service and spreads them evenly below it. A component with more instances on some hosts than on others becomes several services with a common name in their networks, so that each host has what the solution gives it. A port in ingress mode belongs to one service, so a component with such a port stays one.',
    example: shop(
      "deployment model D { placement shared software Web { requirements S provided communication Http port 80 coInstanceHosting container configuration C { image 'shop/web:1' } } requirements S { horizontal scale R.Three resource R.Half } } requirement model R { horizontal scale requirement Three [3, 3] resource requirement Half { attribute minCores : int 1 } }",
    ),
    files: { 'candidates.json': machines(machine('small', 0.1)) },
    run: 'camelc compile shop.camel --candidates candidates.json',
  }),
  'swarm/job': entry<{ path: string }>({
    severity: 'error',
    message: ({ path }) => `stack, ${path}: a job cannot have \`update_config\``,
    help: () => 'leave it out',
    explanation: 'A job runs to its end; there is nothing to update step by step.',
  }),
} satisfies Record<string, Entry<never>>;
