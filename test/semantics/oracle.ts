/** The answer by comparing all deployments, from the words of the semantics alone. */
import type { Machine, World } from './random-formula.js';
import type { Model } from './random-model.js';

export interface Answer {
  chosen: World['chosen'];
  merits: number[];
}

/** Facts that the requirements ask for and no machine of the list states, or formulas ask for and none that fits states. */
export function missingFacts(model: Model): boolean {
  return model.components.flatMap((c) => c.asks).some((fact) => model.machines.every((m) => m[fact] === undefined));
}

export function fitting(model: Model): Record<string, Machine[]> | 'unknown' {
  const facts = new Set([...model.objectives.flatMap((o) => o.formula.facts), ...model.conditions.flatMap((c) => c.facts)]);
  const result: Record<string, Machine[]> = {};
  for (const { name, fits } of model.components) {
    let left = [...model.machines].sort((a, b) => byCodePoint(a.id, b.id)).filter(fits);
    for (const fact of ['cores', 'memory', 'latitude'] as const) {
      if (!facts.has(`${name}.${fact}`) || left.length === 0) continue;
      left = left.filter((m) => m[fact] !== undefined);
      if (left.length === 0) return 'unknown';
    }
    result[name] = left;
  }
  return result;
}

export function best(model: Model, machines: Record<string, Machine[]>): Answer | undefined {
  let left: Answer[] = [];
  const names = model.components.map((c) => c.name);
  const visit = (index: number, chosen: Record<string, { machine?: Machine; number: number }>): void => {
    const component = model.components[index];
    if (!component) {
      const merits = assessed(model, { chosen, fitting: machines });
      if (merits) left.push({ chosen: { ...chosen }, merits });
      return;
    }
    const { name, minimum, maximum } = component;
    if (minimum === 0 || model.alternative?.includes(name)) visit(index + 1, { ...chosen, [name]: { number: 0 } });
    for (let number = Math.max(1, minimum); number <= maximum; number++) for (const machine of machines[name]!) visit(index + 1, { ...chosen, [name]: { machine, number } });
  };
  visit(0, {});
  if (left.length === 0) return undefined;
  for (const k of left[0]!.merits.keys()) {
    const top = Math.max(...left.map((a) => a.merits[k]!));
    left = left.filter((a) => a.merits[k] === top || (Number.isFinite(top) && top - a.merits[k]! <= 1e-9 * Math.max(1, Math.abs(top))));
  }
  return left.sort((a, b) => {
    for (const name of names) {
      const [x, y] = [a.chosen[name]!, b.chosen[name]!];
      const difference = x.number - y.number || byCodePoint(x.machine?.id ?? '', y.machine?.id ?? '');
      if (difference !== 0) return difference;
    }
    return 0;
  })[0];
}

/** What is maximised, in order; undefined where the deployment is inadmissible. */
function assessed(model: Model, world: World): number[] | undefined {
  const { chosen } = world;
  const all = Object.values(chosen);
  for (const { id, limit } of model.machines) if (limit !== undefined && all.reduce((sum, c) => sum + (c.machine?.id === id ? c.number : 0), 0) > limit) return undefined;
  if (model.alternative && model.alternative.filter((n) => chosen[n]!.number > 0).length !== 1) return undefined;
  if (model.needs && chosen[model.needs[0]]!.number > 0 && chosen[model.needs[1]]!.number === 0) return undefined;
  if (model.conditions.some((c) => c.holds(world) !== true)) return undefined;
  const priorities = [...new Set(model.objectives.map((o) => o.priority))].sort((a, b) => b - a);
  const levels = priorities.map((p) => model.objectives.filter((o) => o.priority === p).reduce((sum, o) => sum + (o.minimise ? -1 : 1) * o.formula.value(world), 0));
  if (levels.some(Number.isNaN)) return undefined;
  return [...levels, -all.reduce((sum, c) => sum + c.number * (c.machine?.price ?? 0), 0), -all.reduce((sum, c) => sum + c.number, 0)];
}

function byCodePoint(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => [...text].map((c) => c.codePointAt(0)!)) as [number[], number[]];
  const at = x.findIndex((c, i) => c !== y[i]);
  return at === -1 ? x.length - y.length : x[at]! - (y[at] ?? -1);
}
