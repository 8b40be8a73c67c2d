/** What the running deployment says of variables and of candidates. */
import type { Application, Component, Expression, Variable } from '@camelc/application/model';
import { diagnose, nearest, type Diagnostic } from '@camelc/diagnostics';
import { attributeWords } from './attribute-words.js';
import type { Given, Inputs, RunningInput } from './given.js';
import type { Problem, Running } from './problem.js';
import type { RunningHosts } from './read-running.js';

/** Components and candidates that run and that are no more. */
export function checkRunning({ components }: Application, { deployment, candidates }: RunningInput): Diagnostic[] {
  const names = components.map((c) => c.name);
  const gone = [...deployment.places].filter(([name]) => !names.includes(name));
  const unknown = gone.map(([name, place]) => diagnose('problem/running-component', { name, suggestion: nearest(name, names) }, place));
  const missing = new Map(deployment.hosts.filter((h) => !candidates.has(h.candidate)).map((h) => [h.candidate, h]));
  return [...unknown, ...[...missing.values()].map((h) => diagnose('problem/running-candidate', { candidate: h.candidate }, h.place))];
}

/** On which candidates a component runs, and how many instances on each. Empty: it does not run. */
export function instancesOf({ name }: Pick<Component, 'name'>, input: RunningInput | undefined): { candidate: string; number: number }[] {
  const numbers = new Map<string, number>();
  for (const { candidate, number, components } of input?.deployment.hosts ?? []) {
    const n = number * components.filter((c) => c === name).length;
    if (n > 0) numbers.set(candidate, (numbers.get(candidate) ?? 0) + n);
  }
  return [...numbers].map(([candidate, number]) => ({ candidate, number }));
}

/** The running deployment as the problem has it. */
export function runningOf(problem: Problem, input: RunningInput): Running {
  const index = new Map(problem.candidates.map((c, i) => [c.id, i]));
  const names = problem.components.map((c) => c.name);
  // What is no longer in the model is stopped.
  const left = input.deployment.hosts.filter((h) => h.components.some((c) => names.includes(c)));
  const hosts = left.every((h) => index.has(h.candidate))
    ? left.map(({ candidate, number, components }) => ({
        candidate: index.get(candidate)!,
        number,
        instances: names.map((name) => components.filter((c) => c === name).length),
      }))
    : undefined;
  return { instances: problem.components.map((c) => instancesOf(c, input)), ...(hosts && { hosts }), minGain: input.minGain };
}

/**
 * The application in which what a `current-config` formula names is of the running deployment too: its decisions are twins of the
 * solution's, with ids of their own.
 */
export function withRunningTwins(application: Application): Application {
  const variables = { ...application.variables };
  const twins = new Map<string, string>();
  for (const v of Object.values(application.variables))
    if (v.meaning.kind === 'formula' && v.meaning.current) variables[v.id] = { ...v, meaning: { ...v.meaning, expression: twinOf(v.meaning.expression) } };
  return { ...application, variables };

  function twinOf(e: Expression): Expression {
    if (e.kind === 'variable') return { ...e, id: twin(application.variables[e.id]!) };
    if (e.kind === 'call') return { ...e, arguments: e.arguments.map(twinOf) };
    return e.kind === 'operator' ? { ...e, operands: e.operands.map(twinOf) } : e;
  }

  function twin(v: Variable): string {
    const { id, meaning } = v;
    if (meaning.kind === 'given' || (meaning.kind === 'decision' && meaning.of !== 'solution')) return id;
    const known = twins.get(id);
    if (known) return known;
    const own = `${id}@running`;
    twins.set(id, own);
    variables[own] = { ...v, id: own, meaning: meaning.kind === 'decision' ? { ...meaning, of: 'current' } : { ...meaning, expression: twinOf(meaning.expression) } };
    return own;
  }
}

/** Adds the values that decision variables have in the running deployment to those that are given, which win. */
export function addRunningValues(application: Application, given: Given, input: RunningInput, inputs: Inputs): void {
  for (const v of Object.values(application.variables)) {
    if (v.meaning.kind !== 'decision' || v.meaning.of !== 'current' || given.current.has(v.id)) continue;
    const found = valueOf(v, input, inputs);
    if (typeof found === 'number') given.current.set(v.id, found);
    else if (found) given.unknown.set(v.id, found);
  }
}

/** A variable's value in the running deployment; undefined where that has none yet; why it is not known. */
function valueOf({ name, place, meaning }: Variable, input: RunningInput, inputs: Inputs): number | Diagnostic | undefined {
  if (meaning.kind !== 'decision') return undefined;
  const { attribute, component, currency } = meaning;
  const rate = currency === undefined || currency === inputs.currency ? 1 : inputs.rates?.[currency];
  if (rate === undefined) return diagnose('problem/currency', { name, from: currency!, to: inputs.currency }, place);
  const factor = meaning.factor / rate;
  const { hosts } = input.deployment;
  const unknown = (candidate: string): Diagnostic => diagnose('problem/current-unknown', { name, attribute: attributeWords[attribute], candidate }, place);

  if (component === undefined) {
    if (hosts.length === 0) return undefined;
    if (attribute === 'cardinality') return hosts.reduce((sum, h) => sum + h.number, 0) * factor;
    const without = hosts.find((h) => priceOf(h, input, inputs) === undefined);
    return without ? unknown(without.candidate) : hosts.reduce((sum, h) => sum + h.number * priceOf(h, input, inputs)!, 0) * factor;
  }
  const instances = instancesOf({ name: component }, input);
  if (instances.length === 0) return undefined;
  if (attribute === 'cardinality') return instances.reduce((sum, i) => sum + i.number, 0) * factor;
  const values = instances.map(({ candidate }) => {
    if (attribute === 'price') return priceOf(hosts.find((h) => h.candidate === candidate && h.components.includes(component))!, input, inputs);
    const today = input.candidates.get(candidate);
    return attribute === 'latitude' || attribute === 'longitude' ? today?.location?.[attribute] : today?.[attribute];
  });
  const [value] = values;
  if (values.includes(undefined)) return unknown(instances[values.indexOf(undefined)]!.candidate);
  if (values.some((v) => v !== value)) return diagnose('problem/current-several', { name, attribute: attributeWords[attribute], component }, place);
  return value! * factor;
}

/** Today's price of a host, else the recorded one, in the currency of the problem. */
function priceOf({ candidate, price }: RunningHosts, { deployment, candidates }: RunningInput, { currency, rates }: Inputs): number | undefined {
  const today = candidates.get(candidate)?.price;
  if (today !== undefined || price === undefined) return today;
  const rate = deployment.currency === undefined || deployment.currency === currency ? 1 : rates?.[deployment.currency];
  return rate === undefined ? undefined : price * rate;
}
