/** Expressions of the application to terms of the problem: every given value becomes a number, every list its values. */
import type { Application, Expression, Variable } from '@camelc/application/model';
import { diagnose, type Diagnostic, type Place } from '@camelc/diagnostics';
import { attributeWords } from './attribute-words.js';
import { functions, takes } from './functions.js';
import { shortName, type Given, type Inputs } from './given.js';
import type { Problem, ProblemCandidate, Term } from './problem.js';

export interface TermBuilder {
  /** The term of a variable; what is wrong with it is added to the diagnostics. Of a wrong one some number. */
  variable(id: string, place: Place): Term;
  expression(expression: Expression): Term;
  /** Ids of metrics that a variable needs and that have no value. */
  missing(id: string): string[];
  formulas: Problem['formulas'];
}

/**
 * Makes a builder of terms.
 * @param fitting the candidates that fit a component, in the order of their ids
 */
export function termBuilder(application: Application, given: Given, inputs: Inputs, fitting: (component: string) => ProblemCandidate[], diagnostics: Diagnostic[]): TermBuilder {
  const formulas: Problem['formulas'] = {};
  const lists = new Set<string>();
  const path: string[] = [];
  const reported = new Set<string>();

  function report(key: string, diagnostic: Diagnostic): Term {
    if (!reported.has(key)) diagnostics.push(diagnostic);
    reported.add(key);
    return { kind: 'number', value: Number.NaN };
  }

  function variable(id: string, place: Place, listAllowed = false): Term {
    const v = application.variables[id]!;
    const { meaning } = v;
    const value = given.current.get(id) ?? given.metrics.get(id);
    if (value !== undefined) return { kind: 'number', value, place };
    const unknown = given.unknown.get(id);
    if (unknown) return report(`unknown ${id}`, unknown);
    if (meaning.kind === 'decision') return decision(v, place, listAllowed);
    if (meaning.kind === 'given') {
      const option = meaning.current ? '--current' : '--metric';
      return report(`missing ${id}`, diagnose('problem/metric-missing', { name: shortName(application, v), option }, place, [{ message: 'declared here', place: v.place }]));
    }
    if (path.includes(id)) {
      const names = [...path.slice(path.indexOf(id)), id].map((p) => application.variables[p]!.name);
      return report(`cycle ${id}`, diagnose('problem/cyclic-formula', { path: names }, place));
    }
    if (!formulas[id]) {
      path.push(id);
      const term = expression(meaning.expression, true);
      path.pop();
      if (isList(term)) lists.add(id);
      formulas[id] = { name: v.name, place: v.place, term };
    }
    const term: Term = { kind: 'formula', id, place };
    return lists.has(id) && !listAllowed ? report(`list ${id} ${at(place)}`, diagnose('problem/list-as-number', { name: v.name }, place)) : term;
  }

  function decision(v: Variable, place: Place, listAllowed: boolean): Term {
    const meaning = v.meaning as Extract<Variable['meaning'], { kind: 'decision' }>;
    const { attribute, component } = meaning;
    const factor = meaning.factor * rate(v, meaning.currency);
    if (!component) {
      if (meaning.of !== 'candidates' && (attribute === 'price' || attribute === 'cardinality'))
        return { kind: 'total', attribute: attribute === 'price' ? 'cost' : 'hosts', factor, place };
      return report(`component ${v.id}`, diagnose('problem/no-component', { name: v.name, attribute: attributeWords[attribute] }, v.place));
    }
    if (meaning.of === 'candidates' && attribute !== 'cardinality') {
      if (!listAllowed) return report(`list ${v.id} ${at(place)}`, diagnose('problem/list-as-number', { name: v.name }, place));
      return { kind: 'list', values: fitting(component).map((c) => c[attribute]! * factor), place };
    }
    if (application.placement === 'shared' && attribute !== 'cardinality')
      return report(`shared ${v.id} ${at(place)}`, diagnose('problem/hardware-in-shared-placement', { name: v.name, component }, place));
    return { kind: 'decision', component, attribute, factor, place };
  }

  function rate(v: Variable, currency: string | undefined): number {
    if (!currency || currency === inputs.currency) return 1;
    const value = inputs.rates?.[currency];
    if (value !== undefined) return 1 / value;
    report(`currency ${v.id}`, diagnose('problem/currency', { name: v.name, from: currency, to: inputs.currency }, v.place));
    return 1;
  }

  function expression(e: Expression, listAllowed = false): Term {
    switch (e.kind) {
      case 'number':
        return { kind: 'number', value: e.value, place: e.place };
      case 'variable':
        return variable(e.id, e.place, listAllowed);
      case 'operator':
        return { kind: 'operator', operator: e.operator, operands: e.operands.map((o) => expression(o)), place: e.place };
      case 'call': {
        if (!takes(e.function, e.arguments.length)) return report(`function ${at(e.place)}`, diagnose('problem/unknown-function', { name: e.function }, e.place));
        const { list } = functions[e.function]!;
        const takesList = (i: number): boolean => list === 'all' || (list === 'but-last' && i < e.arguments.length - 1);
        return { kind: 'call', function: e.function, arguments: e.arguments.map((a, i) => expression(a, takesList(i))), place: e.place };
      }
    }
  }

  const isList = (term: Term): boolean => term.kind === 'list' || (term.kind === 'formula' && lists.has(term.id));

  function missing(id: string): string[] {
    const result: string[] = [];
    visitVariables(application, given, id, (v) => {
      if (v.meaning.kind === 'given' && !given.current.has(v.id) && !given.metrics.has(v.id)) result.push(v.id);
    });
    return result;
  }

  return { variable, expression, missing, formulas };
}

/** Visits a variable and, through the formulas that have no given value, all that it depends on, each once. */
export function visitVariables(application: Application, given: Given, id: string, visit: (variable: Variable) => void, seen: Set<string> = new Set()): void {
  if (seen.has(id)) return;
  seen.add(id);
  const variable = application.variables[id]!;
  visit(variable);
  if (variable.meaning.kind === 'formula' && !given.metrics.has(id) && !given.current.has(id)) visitExpression(variable.meaning.expression);

  function visitExpression(e: Expression): void {
    if (e.kind === 'variable') visitVariables(application, given, e.id, visit, seen);
    else if (e.kind === 'operator') e.operands.forEach(visitExpression);
    else if (e.kind === 'call') e.arguments.forEach(visitExpression);
  }
}

const at = (place: Place): string => `${place.file}:${place.range.start.line}:${place.range.start.character}`;
