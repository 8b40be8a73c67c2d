/** Random constraints: of variables, logical, if-then, nested, and what they mean. */
import { chain, number, type Formula, type World } from './formula.js';
import { atEdge, doubtful } from './doubt.js';
import { across, anyFormula, sumOfParts, type Vocabulary } from './random-formula.js';
import type { Random } from './random.js';

/** A constraint that binds. */
export interface Condition {
  name: string;
  holds(world: World): boolean | undefined;
  facts: readonly string[];
}

interface Written extends Condition {
  text: string;
  /** Constraints that stand beside it since it names them. */
  beside: readonly string[];
}

const comparisons = ['<', '<=', '>', '>=', '==', '<>'] as const;
type Comparison = (typeof comparisons)[number];

/** As constraints compare: with the tolerance, strict ones without. */
function compare(value: number, operator: Comparison, threshold: number): boolean | undefined {
  if (Number.isNaN(value)) return undefined;
  const slack = 1e-9 * Math.max(1, Math.abs(threshold));
  atEdge(Math.abs(value - threshold), slack);
  switch (operator) {
    case '<':
      doubtful(value, threshold);
      return value < threshold;
    case '>':
      doubtful(value, threshold);
      return value > threshold;
    case '<>':
      doubtful(value, threshold);
      return value !== threshold;
    case '<=':
      return value <= threshold + slack;
    case '>=':
      return value >= threshold - slack;
    case '==':
      return Math.abs(value - threshold) <= slack;
  }
}

export interface RuleWriter {
  vocabulary: Vocabulary;
  /** A deployment that most constraints hold for, so that most models have a solution. */
  witness: World;
  /** Makes a name for a constraint. */
  fresh(): string;
}

/** A comparison of a formula with a number. */
export function comparing({ vocabulary, fresh }: Pick<RuleWriter, 'vocabulary' | 'fresh'>, formula: Formula, operator: Comparison, threshold: number, own?: string): Written {
  const name = own ?? fresh();
  const variable = vocabulary.asVariable(formula);
  return {
    name,
    text: `variable constraint ${name} : Metrics.${variable.text} ${operator} ${threshold}`,
    facts: variable.facts,
    holds: (w) => compare(variable.value(w), operator, threshold),
    beside: [],
  };
}

/** A comparison that mostly holds for the witness. */
function holding(writer: RuleWriter, formula: Formula, r: Random): Written {
  const value = formula.value(writer.witness);
  const operator = r.of(['<', '<=', '<=', '>', '>=', '>=', '==', '<>'] as const);
  const whole = Number.isInteger(value);
  const step = (whole ? r.of([0, 1, 1, 2]) : Math.max(0.01, Math.abs(value) * r.of([0.1, 0.5]))) * (r.chance(0.15) ? -1 : 1);
  const target = !Number.isFinite(value)
    ? 1
    : operator.startsWith('<') && operator !== '<>'
      ? value + step
      : operator.startsWith('>')
        ? value - step
        : operator === '<>'
          ? value + step
          : value;
  // No exponents, and no more digits than people write; a strict comparison of other than whole numbers stays clear of rounding.
  const threshold = Number(Number(target.toPrecision(whole ? 9 : 3)).toFixed(4));
  return comparing(writer, formula, !whole && operator === '==' ? '<>' : operator, threshold);
}

/** Over whole numbers, so that strict comparisons mean the same in every order of summing. */
function aboutOne(writer: RuleWriter, r: Random): Written {
  const { components, variables, hardware, average, note } = writer.vocabulary;
  const name = r.of(components);
  const count = variables[`${name}Number`]!;
  if (hardware.length > 0 && r.chance(0.5)) return holding(writer, chain(variables[`${name}Cores`]!, ['*', count]), r);
  note('metric');
  return holding(writer, chain(count, ['*', average]), r);
}

function linear(writer: RuleWriter, r: Random): Written {
  writer.vocabulary.note('constraint across');
  const { components, variables } = writer.vocabulary;
  const [first, ...rest] = components.map((n) => chain(number(r.of([1, 2, -1, -3])), ['*', variables[`${n}Number`]!]));
  return holding(writer, chain(first!, ...rest.map((f) => ['+', f] as const)), r);
}

function general(writer: RuleWriter, r: Random): Written {
  const { vocabulary } = writer;
  if (vocabulary.components.length > 1) vocabulary.note('constraint across');
  return holding(writer, r.of([() => across(vocabulary, r), () => across(vocabulary, r), () => sumOfParts(vocabulary, r), () => anyFormula(vocabulary, 2, r)])(), r);
}

function ofCost(writer: RuleWriter, r: Random): Written {
  return r.chance(0.6) ? holding(writer, writer.vocabulary.cost, r) : comparing(writer, writer.vocabulary.cost, r.of(['<=', '<'] as const), r.of([0.33, 0.77, 1.9]));
}

function simple(writer: RuleWriter, r: Random): Written {
  return r.of([aboutOne, aboutOne, linear, general])(writer, r);
}

/** Of other constraints, in place or by name. */
function logical(writer: RuleWriter, depth: number, r: Random): Written {
  writer.vocabulary.note('logical constraint');
  const operator = r.of(['and', 'or', 'or', 'xor'] as const);
  const parts = Array.from({ length: operator === 'xor' ? 2 : r.of([2, 2, 3]) }, () => nested(writer, depth - 1, r));
  const byName = r.chance(0.4);
  const name = writer.fresh();
  return {
    name,
    text: `logical constraint ${name} : ${operator} (${parts.map((p) => (byName ? `Rules.${p.name}` : p.text)).join(', ')})`,
    beside: [...parts.flatMap((p) => p.beside), ...(byName ? parts.map((p) => p.text) : [])],
    facts: parts.flatMap((p) => p.facts),
    holds: (w) => {
      const truths = parts.map((p) => p.holds(w));
      if (truths.includes(undefined)) return undefined;
      const kept = truths.filter((t) => t).length;
      return operator === 'and' ? kept === parts.length : operator === 'or' ? kept > 0 : kept === 1;
    },
  };
}

function conditional(writer: RuleWriter, depth: number, r: Random): Written {
  writer.vocabulary.note('if constraint');
  const [premise, then, otherwise] = [nested(writer, depth - 1, r), nested(writer, depth - 1, r), r.chance(0.5) ? nested(writer, depth - 1, r) : undefined];
  const name = writer.fresh();
  const parts = [premise, then, ...(otherwise ? [otherwise] : [])];
  return {
    name,
    text: `if constraint ${name} : if { ${premise.text} } then { ${then.text} } ${otherwise ? `else { ${otherwise.text} }` : ''}`,
    beside: parts.flatMap((p) => p.beside),
    facts: parts.flatMap((p) => p.facts),
    holds: (w) => {
      const given = premise.holds(w);
      return given === undefined ? undefined : given ? then.holds(w) : otherwise ? otherwise.holds(w) : true;
    },
  };
}

const nested = (writer: RuleWriter, depth: number, r: Random): Written =>
  depth > 0 && r.chance(0.3) ? (r.chance(0.5) ? logical : conditional)(writer, depth, r) : simple(writer, r);

/** A constraint that binds. */
export function randomRule(writer: RuleWriter, r: Random): Written {
  switch (r.below(8)) {
    case 0:
    case 1:
      return general(writer, r);
    case 2:
      return linear(writer, r);
    case 3:
      return aboutOne(writer, r);
    case 4:
      return ofCost(writer, r);
    case 5:
    case 6:
      return logical(writer, 2, r);
    default:
      return conditional(writer, 2, r);
  }
}
