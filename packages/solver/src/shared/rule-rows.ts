/** Rows that say what couplings, separations, alternatives, ports and limits ask for, and what is kept of preferences and of what runs. */
import { hostsAt, type Box } from './formulas.js';
import type { HostKind } from './kinds.js';
import type { Floors, Goal, Model } from './model.js';
import { fixed, type Linear, type Rows } from './rows.js';
import { involved, type Rule } from './rules.js';

type PlaceRule = Exclude<Rule['level'], 'host'>;

export interface RuleRows {
  /** For each relaxed rule that counts, what is 1 where it is kept. */
  kept: Linear[];
  /** Instances that stay as they run. */
  staying: Linear[];
  /** Instances that run. */
  runs: number;
}

/**
 * Adds the rows of all rules of a problem in a box.
 * @param deployed 1 where a component is deployed, else 0
 */
export function addRules({ problem, rules }: Model, box: Box, goal: Goal, floors: Floors, to: Rows, deployed: (component: number) => Linear): RuleRows {
  const unit = (i: number): number[] => problem.components.map((_, j) => Number(j === i));
  const names = (list: readonly string[]): number[] => [...new Set(list)].map((name) => problem.components.findIndex((c) => c.name === name));
  /** Hosts at most: as many as one that may be none can be. */
  const most = Math.min(
    box.high[hostsAt(problem)]!,
    problem.components.reduce((sum, c, i) => sum + (c.everywhere ? 0 : box.high[i]!), 0),
  );

  problem.candidates.forEach(({ limit }, c) => {
    if (limit !== undefined && limit < most) to.add(0, limit, { each: 1, on: (k) => k === c });
  });
  for (const { components } of problem.alternatives) to.add(1, 1, {}, ...names(components).map((i): [number, Linear] => [1, deployed(i)]));
  problem.components.forEach((component, i) => {
    for (const { providers } of component.needs)
      if (!providers.includes(component.name) && box.high[i]! > 0) to.add(-Infinity, 0, {}, [1, deployed(i)], ...names(providers).map((j): [number, Linear] => [-1, deployed(j)]));
  });
  for (const i of new Set([...rules.together.flat(), ...rules.everywhere.map((e) => e.component)])) {
    // Where it is deployed for sure, such kinds are not allowed at all.
    if (box.high[i] === 0 || box.low[i]! > 0 || most === Infinity) continue;
    to.add(-Infinity, most, { each: 1, when: (kind) => kind.absent.includes(i) }, [most, deployed(i)]);
  }

  const present = new Map<string, Linear>();
  /** 1 where a component has an instance at a place, else 0. */
  function presence(i: number, level: PlaceRule, place: string): Linear {
    const key = `${i}\n${level}\n${place}`;
    let known = present.get(key);
    if (known) return known;
    const on = (c: number): boolean => problem.candidates[c]![level] === place;
    if (!problem.components[i]!.candidates.some(on) || box.high[i] === 0) known = fixed(0);
    else {
      known = to.helper();
      to.add(0, Infinity, { weights: unit(i), on }, [-1, known]);
      if (box.high[i]! < Infinity) to.add(-Infinity, 0, { weights: unit(i), on }, [-box.high[i]!, known]);
    }
    present.set(key, known);
    return known;
  }

  const placesOf = (rule: Rule, level: PlaceRule): string[] => [
    ...new Set(involved(rule).flatMap((i) => problem.components[i]!.candidates.map((c) => problem.candidates[c]![level]))),
  ];

  /** Rows of a rule; `keeping` is 1 where it shall be kept. */
  function enforce(rule: Rule, keeping: Linear): void {
    if (rule.level === 'host') {
      const breaks = (by: (kind: HostKind) => boolean, ...given: Linear[]): void => {
        if (most < Infinity) to.add(-Infinity, most * (given.length + 1), { each: 1, when: by }, [most, keeping], ...given.map((g): [number, Linear] => [most, g]));
      };
      const has = (kind: HostKind, i: number): boolean => kind.instances[i]! > 0;
      if (rule.kind === 'spread') breaks((kind) => kind.instances[rule.component]! > 1);
      else if (rule.kind === 'separation') breaks((kind) => rule.pairs.some(([a, b]) => has(kind, a) && has(kind, b)));
      else for (const b of rule.components) if (box.high[b]! > 0) breaks((kind) => !has(kind, b) && rule.components.some((a) => has(kind, a)), deployed(b));
      return;
    }
    const { level } = rule;
    for (const place of placesOf(rule, level)) {
      if (rule.kind === 'spread') {
        const on = (c: number): boolean => problem.candidates[c]![level] === place;
        const high = box.high[rule.component]!;
        if (keeping.of.length === 0) to.add(0, 1, { weights: unit(rule.component), on });
        else if (high < Infinity) to.add(-Infinity, high + 1, { weights: unit(rule.component), on }, [high, keeping]);
      } else if (rule.kind === 'separation')
        for (const [a, b] of rule.pairs) to.add(-Infinity, 2, {}, [1, presence(a, level, place)], [1, presence(b, level, place)], [1, keeping]);
      else
        for (const a of rule.components)
          for (const b of rule.components) if (a !== b) to.add(-Infinity, 2, {}, [1, presence(a, level, place)], [-1, presence(b, level, place)], [1, deployed(b)], [1, keeping]);
    }
  }

  const countsKept = goal.kind === 'kept' || floors.kept !== undefined;
  const kept: Linear[] = [];
  for (const rule of rules.beyond) {
    if (!rule.relaxed) enforce(rule, fixed(1));
    else if (countsKept) {
      const keeping = to.helper();
      kept.push(keeping);
      enforce(rule, keeping);
    }
  }
  if (floors.kept !== undefined) to.add(floors.kept, Infinity, {}, ...kept.map((k): [number, Linear] => [1, k]));

  /** What stays as it runs: instances of a component on a candidate. */
  const staying: Linear[] = [];
  const running = problem.running?.instances ?? [];
  const runs = running.reduce((sum, list) => sum + list.reduce((s, r) => s + r.number, 0), 0);
  if (goal.kind === 'changes' || floors.changes !== undefined) {
    const index = new Map(problem.candidates.map((c, k) => [c.id, k]));
    running.forEach((list, i) => {
      for (const { candidate, number } of list) {
        const c = index.get(candidate);
        if (c === undefined || number === 0) continue;
        const stays = to.helper(number);
        staying.push(stays);
        to.add(0, Infinity, { weights: unit(i), on: (k) => k === c }, [-1, stays]);
      }
    });
    // Instances of both deployments, less twice those that stay.
    if (floors.changes !== undefined) to.add(-Infinity, floors.changes - runs, { weights: problem.components.map(() => 1) }, ...staying.map((s): [number, Linear] => [-2, s]));
  }
  return { kept, staying, runs };
}
