/** The instances of the optimal-deployment literature, as problems of shared placement. */
import { readFileSync } from 'node:fs';
import type { Problem, ProblemCandidate, ProblemComponent } from '@camelc/problem';
import { constraint, instances, is, minus, place, plus, problem, times } from './problems.js';

const folder = new URL('../../../../shared/benchmarks/', import.meta.url);

interface Offer {
  cpu: number;
  memory: number;
  storage: number;
  price: number;
}

/** An offer list; `undefined` where it is not there. Prices in the list's unit. */
export function offers(name: string): ProblemCandidate[] | undefined {
  let text: string;
  try {
    text = readFileSync(new URL(name, folder), 'utf8');
  } catch {
    return undefined;
  }
  const list = Object.entries(JSON.parse(text) as Record<string, Offer>);
  return list
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { cpu, memory, storage, price }]) => ({
      id,
      price,
      cores: cpu,
      memory,
      storage,
      allocatable: { cores: cpu, memory, storage },
      zone: 'cloud/here',
      region: 'cloud/here',
      cloud: 'cloud',
    }));
}

type Demand = [cores: number, memory: number, storage: number];

function components(demands: Record<string, Demand>, ranges: Record<string, [number, number | null]>, candidates: ProblemCandidate[]): ProblemComponent[] {
  return Object.entries(demands).map(([name, [cores, memory, storage]]): ProblemComponent => {
    const [minimum, maximum] = ranges[name] ?? [1, null];
    const fits = candidates.flatMap((c, k) => (c.cores! >= cores && c.memory! >= memory && c.storage! >= storage ? [k] : []));
    return {
      name,
      place: place(1),
      minimum,
      maximum,
      candidates: fits,
      demands: { cores, memory, storage },
      unmoveable: false,
      coInstanceHosting: false,
      everywhere: false,
      needs: [],
    };
  });
}

const apart = (first: string[], second?: string[]): Problem['separations'][number] => ({
  name: [...first, '|', ...(second ?? [])].join(' '),
  place: place(2),
  level: 'host',
  relaxed: false,
  components: first,
  ...(second && { from: second }),
});

export function secureWeb(candidates: ProblemCandidate[]): Problem {
  const list = components(
    { Balancer: [4, 2048, 500], Apache: [2, 512, 1000], Nginx: [4, 2048, 1000], IDSServer: [8, 16000, 2000], IDSAgent: [1, 256, 250] },
    { Balancer: [1, 1], IDSAgent: [0, null] },
    candidates,
  );
  list[4]!.everywhere = true;
  const difference = minus(times(10, instances('IDSServer')), instances('IDSAgent'));
  return problem(candidates, list, {
    placement: 'shared',
    separations: [apart(['Balancer'], ['Apache', 'Nginx', 'IDSServer', 'IDSAgent']), apart(['IDSServer'], ['Apache', 'Nginx', 'IDSAgent']), apart(['Apache', 'Nginx'])],
    constraints: [
      constraint('Servers', is(plus(instances('Apache'), instances('Nginx')), '>=', 3)),
      constraint('Above', is(difference, '>', 0)),
      constraint('Most', is(difference, '<=', 10)),
    ],
  });
}

export function secureBilling(candidates: ProblemCandidate[]): Problem {
  const list = components(
    { Coding: [4, 4096, 1024], SecurityManager: [2, 2048, 512], Gateway: [4, 4096, 512], SQLServer: [2, 512, 2000], LoadBalancer: [4, 2048, 512] },
    { Coding: [1, 1], LoadBalancer: [1, 1] },
    candidates,
  );
  return problem(candidates, list, {
    placement: 'shared',
    separations: [apart(['Coding'], ['SecurityManager', 'Gateway', 'SQLServer', 'LoadBalancer']), apart(['LoadBalancer'], ['Gateway', 'SQLServer'])],
  });
}

export function wordPress(candidates: ProblemCandidate[], least: number): Problem {
  const list = components(
    { WordPress: [2, 512, 1000], MySQL: [2, 512, 2000], DNSBalancer: [4, 2048, 500], HTTPBalancer: [4, 2048, 500], Varnish: [4, 4000, 500] },
    { WordPress: [least, null], MySQL: [2, null], DNSBalancer: [0, 1], HTTPBalancer: [0, null], Varnish: [2, null] },
    candidates,
  );
  return problem(candidates, list, {
    placement: 'shared',
    alternatives: [{ name: 'Balancer', place: place(3), components: ['DNSBalancer', 'HTTPBalancer'] }],
    separations: [apart(['Varnish'], ['DNSBalancer', 'HTTPBalancer', 'MySQL']), apart(['DNSBalancer', 'HTTPBalancer'], ['WordPress', 'MySQL', 'Varnish'])],
    constraints: [
      constraint('Balanced', is(minus(instances('WordPress'), plus(times(7, instances('DNSBalancer')), times(3, instances('HTTPBalancer')))), '<=', 0)),
      constraint('Stored', is(minus(times(2, instances('WordPress')), times(3, instances('MySQL'))), '<=', 0)),
    ],
  });
}
