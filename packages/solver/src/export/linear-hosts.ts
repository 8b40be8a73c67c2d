/** Hosts and instances of shared placement as variables and rows of a linear program. */
import { positions, type PlaceLevel, type Problem } from '@camelc/problem';
import type { Rule } from '../shared/rules.js';
import { describe, placesOf, type Kinds } from './kinds.js';
import { namer, type LinearRow, type LinearTerm, type LinearVariable } from './linear-model.js';
import type { Quantities } from './quantities.js';

export class HostProgram {
  readonly variables: LinearVariable[] = [];
  readonly rows: LinearRow[] = [];
  readonly name = namer();
  /** By kind: the variable that counts its hosts. */
  private readonly hosts: number[];
  /** By component: the variable that counts its instances. */
  private readonly instances: number[];
  /** By component: the variable that is 1 where it is deployed; undefined where it always is. */
  private readonly deployed: (number | undefined)[];

  constructor(
    private readonly problem: Problem,
    private readonly made: Kinds,
  ) {
    const { components } = problem;
    const { kinds, most, ranges } = made;
    this.hosts = kinds.map((kind, k) => this.variable(`x_${k + 1}`, `hosts: ${describe(problem, kind)}`, most[k]!));
    this.instances = components.map(({ name }, i) => this.variable(`n_${name}`, `instances of ${name}`, ranges[i]!.high));
    this.deployed = components.map(({ name }, i) => (ranges[i]!.zero ? this.variable(`is_${name}`, `1 where ${name} is deployed`, 1) : undefined));
    components.forEach(({ name }, i) => {
      const { low, high } = ranges[i]!;
      const n = { variable: this.instances[i]!, coefficient: 1 };
      this.row(`instances_${name}`, [n, ...this.onHosts(i, -1)], 0, 0);
      const is = this.deployed[i];
      if (is === undefined) this.row(`least_${name}`, [n], low, Infinity);
      else {
        this.row(`least_${name}`, [n, { variable: is, coefficient: -low }], 0, Infinity);
        this.row(`most_${name}`, [n, { variable: is, coefficient: -high }], -Infinity, 0);
      }
    });
  }

  row(name: string, terms: LinearTerm[], low: number, high: number): void {
    this.rows.push({ name: this.name(name), terms, low, high });
  }

  termsOf({ instances, cost, hosts }: Quantities): LinearTerm[] {
    return [
      ...[...instances].map(([i, coefficient]) => ({ variable: this.instances[i]!, coefficient })),
      ...(cost === 0 && hosts === 0 ? [] : this.made.kinds.map(({ price }, k) => ({ variable: this.hosts[k]!, coefficient: cost * price + hosts }))),
    ];
  }

  /** Between which values a sum lies by the bounds of its variables. */
  extent(terms: readonly LinearTerm[], constant: number): { low: number; high: number } {
    const ends = terms.map(({ variable, coefficient }) => coefficient * this.variables[variable]!.high);
    return { low: ends.reduce((sum, e) => sum + Math.min(0, e), constant), high: ends.reduce((sum, e) => sum + Math.max(0, e), constant) };
  }

  /** Ports, alternatives, limits, and what goes beyond one host. */
  rules(): void {
    const { components, candidates, alternatives } = this.problem;
    const { kinds, ranges, rules } = this.made;
    const at = positions(this.problem);
    for (const [i, { name, needs }] of components.entries())
      for (const { port, providers } of needs) {
        if (providers.includes(name)) continue;
        // Deployed providers, less 1 where the component is.
        this.sum(`needs_${name}_${port}`, [...[...new Set(providers)].map((p) => this.isDeployed(at.get(p)!, 1)), this.isDeployed(i, -1)], 0, Infinity);
      }
    for (const { name, components: names } of alternatives)
      this.sum(
        name,
        names.map((n) => this.isDeployed(at.get(n)!, 1)),
        1,
        1,
      );
    candidates.forEach(({ limit }, c) => {
      const used = this.hosts.flatMap((variable, k) => (kinds[k]!.candidate === c ? [{ variable, coefficient: 1 }] : []));
      if (limit !== undefined && used.length > 0) this.row(`limit_${c}`, used, -Infinity, limit);
    });
    const allHosts = ranges.reduce((sum, { high }, i) => sum + (components[i]!.everywhere ? 0 : high), 0);
    components.forEach(({ name }, i) => {
      const without = this.hosts.flatMap((variable, k) => (kinds[k]!.absent.includes(i) ? [{ variable, coefficient: 1 }] : []));
      const { terms, constant } = this.isDeployed(i, allHosts);
      if (without.length > 0) this.row(`no_host_lacks_${name}`, [...without, ...terms], -Infinity, allHosts - constant);
    });
    rules.beyond.filter((r) => !r.relaxed && r.level !== 'host').forEach((r) => this.beyond(r, r.level as PlaceLevel));
  }

  private variable(name: string, says: string, high: number): number {
    this.variables.push({ name: this.name(name), says, high });
    return this.variables.length - 1;
  }

  /** The instances of a component on hosts of each kind, those at some places alone, times a factor. */
  private onHosts(component: number, factor: number, level?: PlaceLevel, place?: string): LinearTerm[] {
    return this.made.kinds.flatMap(({ candidate, instances }, k) => {
      const n = instances[component]!;
      const there = level === undefined || this.problem.candidates[candidate]![level] === place;
      return n > 0 && there ? [{ variable: this.hosts[k]!, coefficient: factor * n }] : [];
    });
  }

  /** `factor` where a component is deployed, else 0. */
  private isDeployed(component: number, factor: number): { terms: LinearTerm[]; constant: number } {
    const is = this.deployed[component];
    return is === undefined ? { terms: [], constant: factor } : { terms: [{ variable: is, coefficient: factor }], constant: 0 };
  }

  private sum(name: string, parts: { terms: LinearTerm[]; constant: number }[], low: number, high: number): void {
    const constant = parts.reduce((sum, p) => sum + p.constant, 0);
    this.row(
      name,
      parts.flatMap((p) => p.terms),
      low - constant,
      high - constant,
    );
  }

  /** A coupling or separation by zone, region or cloud. */
  private beyond(rule: Rule, level: PlaceLevel): void {
    const { components } = this.problem;
    for (const place of placesOf(this.problem, this.made.kinds, level)) {
      const name = `${rule.kind}_${place}`;
      if (rule.kind === 'spread') {
        this.row(name, this.onHosts(rule.component, 1, level, place), -Infinity, 1);
        continue;
      }
      const involved = rule.kind === 'coupling' ? rule.components : [...new Set(rule.pairs.flat())];
      const there = new Map(
        involved.map((i) => {
          const is = this.variable(`is_${components[i]!.name}_${place}`, `1 where ${components[i]!.name} is in ${place}`, 1);
          const here = this.onHosts(i, 1, level, place);
          this.row(name, [...here, { variable: is, coefficient: -1 }], 0, Infinity);
          this.row(name, [...here, { variable: is, coefficient: -this.made.ranges[i]!.high }], -Infinity, 0);
          return [i, is] as const;
        }),
      );
      const is = (i: number, coefficient: number): { terms: LinearTerm[]; constant: number } => ({ terms: [{ variable: there.get(i)!, coefficient }], constant: 0 });
      if (rule.kind === 'separation') for (const [a, b] of rule.pairs) this.sum(name, [is(a, 1), is(b, 1)], -Infinity, 1);
      // Where one is and the other is deployed, the other is too.
      else for (const a of involved) for (const b of involved) if (a !== b) this.sum(name, [is(a, 1), this.isDeployed(b, 1), is(b, -1)], -Infinity, 1);
    }
  }
}
