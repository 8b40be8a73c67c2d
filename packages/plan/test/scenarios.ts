/** Random applications for property tests: services that need networks, configs, volumes, hosts and each other. */
import type { Json, Resource } from '@camelc/plan';
import fc from 'fast-check';
import { resource } from './fixtures.ts';

/** Whether two things that only one can have are the same, or one a part of the other. */
export const overlap = (a: string, b: string): boolean => `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`);

export interface Kinds {
  /** Hosts carry the label of one group only, and some services publish ports. */
  takes: boolean;
  /** Services may need each other in circles. */
  circles?: boolean;
}

const services = 5;
const nodes = ['n1', 'n2', 'n3', 'n4'];

interface Drawn {
  there: boolean;
  image: number;
  replicas: number;
  networks: number[];
  config: number;
  volume: boolean;
  needs: number[];
  port: number;
  /** Whether the port is taken where it stands alone, rather than on all nodes. */
  inPlace: boolean;
  global: boolean;
}

const drawn = fc.record<Drawn>({
  there: fc.boolean(),
  image: fc.nat(1),
  replicas: fc.integer({ min: 1, max: 3 }),
  networks: fc.uniqueArray(fc.nat(2), { maxLength: 2 }),
  config: fc.nat(2),
  volume: fc.boolean(),
  needs: fc.uniqueArray(fc.nat(services - 2), { maxLength: 2 }),
  port: fc.nat(3),
  inPlace: fc.boolean(),
  global: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

/** Which services run on each node. */
const placement = fc.tuple(
  ...nodes.map(() =>
    fc.subarray(
      Array.from({ length: services }, (_, i) => i),
      { maxLength: 2 },
    ),
  ),
);

/** What an application may come to. Services say in their specs what they use and publish, so that a test sees it. */
export const applications = ({ takes, circles = false }: Kinds): fc.Arbitrary<Resource[]> =>
  fc.tuple(fc.array(drawn, { minLength: services, maxLength: services }), placement).map(([all, places]) => {
    const resources = new Map<string, Resource>();
    const add = (key: string, spec: Json, needs: string[] = [], more: Partial<Resource> = {}): string => {
      resources.set(key, resource(key, spec, needs, more));
      return key;
    };
    const ports = new Set<string>();
    all.forEach((service, i) => {
      if (!service.there) return;
      const uses = [
        ...service.networks.map((n) => add(`network/net${n}`, {})),
        ...(service.config > 0 ? [add(`config/conf-${service.config}`, { data: service.config }, [], { name: 'conf' })] : []),
        ...(service.volume ? [add(`volume/data${i}`, {})] : []),
        ...service.needs.filter((n) => (circles ? n !== i : n < i) && all[n]!.there).map((n) => `service/s${n}`),
      ].sort();
      const labels = nodes.flatMap((node, at) => {
        const here = takes ? places[at]!.slice(0, 1) : places[at]!;
        return here.includes(i) ? [add(`label/${node}=s${i}`, { node, group: `s${i}` }, [], { name: node, ...(takes && { takes: [`host ${node}`] }) })] : [];
      });
      const port = `port/${service.port}`;
      const asked =
        service.inPlace && labels.length > 0 ? nodes.filter((_, at) => labels.some((key) => key.startsWith(`label/${nodes[at]}=`))).map((node) => `${port}/${node}`) : [port];
      const isFree = asked.every((one) => [...ports].every((other) => !overlap(one, other)));
      const published = takes && service.port > 0 && isFree ? asked : [];
      for (const taken of published) ports.add(taken);
      add(
        `service/s${i}`,
        { image: service.image, replicas: labels.length || service.replicas, hosted: labels.length > 0, mode: takes && service.global ? 'global' : 'replicated', uses, published },
        [...uses, ...labels],
        {
          takes: published,
        },
      );
    });
    return [...resources.values()];
  });
