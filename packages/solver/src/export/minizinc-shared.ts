/** Shared placement as a MiniZinc model: how many hosts of each kind there are. */
import type { Diagnostic } from '@camelc/diagnostics';
import { evaluation, positions, type PlaceLevel, type Problem, type Term } from '@camelc/problem';
import type { Rule } from '../shared/rules.js';
import { describe, kindsOf, placesOf } from './kinds.js';
import { namer } from './linear-model.js';
import { solveItem } from './minizinc-text.js';
import { constant, floatText, scaleOf, whole, type Value } from './minizinc-values.js';
import { Writer, type Atoms } from './minizinc-writer.js';
import { Inexpressible, inexpressible } from './minizinc-arithmetic.js';
import { quantityStructure, type Quantities } from './quantities.js';

/** Numbers of instances that functions of one component are tabulated for. */
const tableCap = 2_000;

/** The MiniZinc model of the first stage, or what cannot be said in it. */
export function minizincShared(problem: Problem): { text?: string; diagnostics: Diagnostic[] } {
  const { kinds: made, diagnostics } = kindsOf(problem);
  if (!made) return { diagnostics };
  const { goal, kinds, ranges, most, rules, doubtful, assumed } = made;
  const { components, candidates, alternatives } = problem;
  const structure = quantityStructure(problem);
  const at = positions(problem);
  const name = namer();
  const names = components.map((c) => `n_${name(c.name)}`);
  const mostHosts = ranges.reduce((sum, { high }, i) => sum + (components[i]!.everywhere ? 0 : high), 0);
  const prices = kinds.map((k) => k.price);
  const scale = scaleOf(prices);

  const atoms: Atoms = {
    value(term, under) {
      const involved = structure.involves(term);
      if (involved.length === 0) return finite(structure.constant(term), term);
      const sum = structure.separate(term);
      if (sum) return sumOf(sum, term);
      const [i] = involved as [number];
      return involved.length === 1 && i >= 0 && ranges[i]!.high <= tableCap ? table(i, term, under) : undefined;
    },
    holds: () => undefined,
  };
  const writer = new Writer(problem, atoms);

  function finite(value: number, { place }: Term): Value {
    if (!Number.isFinite(value)) throw new Inexpressible('a value that is infinite or undefined', place);
    return constant(value);
  }

  function sumOf({ constant: rest, instances, cost, hosts }: Quantities, term: Term): Value {
    const parts: [number, Value][] = [
      ...[...instances].map(([i, weight]): [number, Value] => [weight, whole(names[i]!, ranges[i]!.zero ? 0 : ranges[i]!.low, ranges[i]!.high)]),
      ...(cost === 0 ? [] : [[cost, total('cost')] as [number, Value]]),
      ...(hosts === 0 ? [] : [[hosts, total('hosts')] as [number, Value]]),
    ];
    const weighted = parts.map(([weight, value]) => (weight === 1 ? value : writer.multiply(constant(weight), value)));
    return [...weighted, ...(rest === 0 && weighted.length > 0 ? [] : [finite(rest, term)])].reduce((a, b) => writer.add(a, b, 1));
  }

  function total(attribute: 'cost' | 'hosts'): Value {
    if (attribute === 'hosts') return whole('sum(hosts)', 0, mostHosts);
    const high = mostHosts * Math.max(0, ...prices);
    if (scale) return whole('sum(k in KINDS)(price[k] * hosts[k])', 0, Math.min(2e9, high * scale), scale);
    const cost = writer.float(undefined, 0, high);
    writer.lines.push(`constraint sum(k in KINDS)(price[k] * int2float(hosts[k])) = ${cost.text};`);
    return cost;
  }

  /** What depends on the instances of one component alone, for each number of them. */
  function table(i: number, term: Term, under: readonly string[]): Value {
    const { zero, low, high } = ranges[i]!;
    const computed = Array.from({ length: high + 1 }, (_, n) =>
      evaluation(
        problem,
        structure.base.map((a, j) => (j === i ? { ...a, cardinality: n } : a)),
        undefined,
        { cost: 0, hosts: 0 },
      ).value(term),
    );
    const used = (n: number): boolean => (n === 0 ? zero : n >= low);
    const bad = computed.flatMap((v, n) => (used(n) && Number.isNaN(v) ? [n] : []));
    if (bad.length > 0) writer.require(`not (${names[i]!} in {${bad.join(', ')}})`, under);
    const values = computed.map((v, n) => (used(n) && !Number.isNaN(v) ? v : 0));
    if (!values.every(Number.isFinite)) throw new Inexpressible('a value that may be infinite', term.place);
    const by = scaleOf(values);
    const t = writer.name('t');
    const own = values.filter((_, n) => used(n));
    const [least, greatest] = [Math.min(...own), Math.max(...own)];
    if (by) {
      writer.lines.push(`array[0..${high}] of int: ${t} = array1d(0..${high}, [${values.map((v) => Math.round(v * by)).join(', ')}]);`);
      return whole(`${t}[${names[i]!}]`, Math.round(least * by), Math.round(greatest * by), by);
    }
    writer.lines.push(`array[0..${high}] of float: ${t} = array1d(0..${high}, [${values.map(floatText).join(', ')}]);`);
    const float = writer.float(undefined, least, greatest);
    writer.lines.push(`constraint forall(n in 0..${high})(${names[i]!} = n -> ${float.text} = ${t}[n]);`);
    return float;
  }

  const isDeployed = (component: string): string => `${names[at.get(component)!]!} > 0`;
  const places = (rule: Rule): string[] => {
    if (rule.level === 'host') return [];
    const level: PlaceLevel = rule.level;
    return placesOf(problem, kinds, level).flatMap((place) => {
      const there = (i: number): string => {
        const held = kinds.flatMap((k, n) => (k.instances[i]! > 0 && candidates[k.candidate]![level] === place ? [`${k.instances[i]} * hosts[${n + 1}]`] : []));
        return held.length > 0 ? held.join(' + ') : '0';
      };
      if (rule.kind === 'spread') return [`${there(rule.component)} <= 1`];
      if (rule.kind === 'separation') return rule.pairs.map(([a, b]) => `${there(a)} = 0 \\/ ${there(b)} = 0`);
      return rule.components.flatMap((a) => rule.components.filter((b) => b !== a).map((b) => `(${there(a)} > 0 /\\ ${names[b]!} > 0) -> ${there(b)} > 0`));
    });
  };
  const asked = [
    ...components.flatMap(({ name: own, needs }) =>
      needs.filter(({ providers }) => !providers.includes(own)).map(({ providers }) => `${isDeployed(own)} -> (${providers.map(isDeployed).join(' \\/ ')})`),
    ),
    ...alternatives.map((a) => `sum([${a.components.map((c) => `bool2int(${isDeployed(c)})`).join(', ')}]) = 1`),
    ...candidates.flatMap(({ limit }, c) => {
      const used = kinds.flatMap((k, n) => (k.candidate === c ? [`hosts[${n + 1}]`] : []));
      return limit === undefined || used.length === 0 ? [] : [`${used.join(' + ')} <= ${limit}`];
    }),
    ...components.flatMap((_, i) => {
      const without = kinds.flatMap((k, n) => (k.absent.includes(i) ? [`hosts[${n + 1}]`] : []));
      return without.length > 0 ? [`${names[i]!} > 0 -> ${without.join(' + ')} = 0`] : [];
    }),
    ...rules.beyond.filter((r) => !r.relaxed).flatMap(places),
  ];

  try {
    asked.push(...problem.constraints.map((c) => writer.condition(c.condition)).filter((text) => text !== 'true'));
    const value = writer.value(goal.term);
    // What they ask for in order to be defined, no solution may lack.
    for (const { term } of doubtful) writer.value(term);
    const priceText = scale ? `of int: price = [${prices.map((p) => Math.round(p * scale)).join(', ')}]` : `of float: price = [${prices.map(floatText).join(', ')}]`;
    return {
      text: [
        `% What ${problem.application} optimises first: ${goal.name}. A kind of host is a candidate with what stands on it; hosts counts those of each kind.`,
        ...assumed.map((software) => `% Nothing bounds the instances of ${software} but this file.`),
        `set of int: KINDS = 1..${kinds.length};`,
        `array[KINDS] of string: kind = [${kinds.map((k) => JSON.stringify(describe(problem, k))).join(', ')}];`,
        `% Per hour${scale && scale !== 1 ? `, × ${scale}` : ''}.`,
        `array[KINDS] ${priceText};`,
        `array[KINDS] of int: most = [${most.join(', ')}];`,
        `array[KINDS] of var 0..${Math.max(0, ...most)}: hosts;`,
        'constraint forall(k in KINDS)(hosts[k] <= most[k]);',
        ...components.flatMap((c, i) => {
          const { zero, low, high } = ranges[i]!;
          const held = kinds.flatMap((k, n) => (k.instances[i]! > 0 ? [`${k.instances[i] === 1 ? '' : `${k.instances[i]} * `}hosts[${n + 1}]`] : []));
          return [
            `var ${zero ? 0 : low}..${high}: ${names[i]!}; % instances of ${c.name}`,
            `constraint ${names[i]!} = ${held.length > 0 ? held.join(' + ') : '0'};`,
            ...(zero && low > 1 ? [`constraint ${names[i]!} = 0 \\/ ${names[i]!} >= ${low};`] : []),
          ];
        }),
        '',
        ...writer.lines,
        ...asked.map((text) => `constraint ${text};`),
        ...solveItem(goal, value, 'int_search(hosts, first_fail, indomain_min)', [
          'concat([show(fix(hosts[k])) ++ " x " ++ kind[k] ++ "\\n" | k in KINDS where fix(hosts[k]) > 0])',
        ]),
      ].join('\n'),
      diagnostics,
    };
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error;
    return { diagnostics: [...diagnostics, inexpressible(error)] };
  }
}
