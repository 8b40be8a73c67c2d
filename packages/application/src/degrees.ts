/** Trigonometry of degrees: formulas take angles in radians, coordinates are in degrees. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Expression, Variable } from './model.js';

const trigonometry: ReadonlySet<string> = new Set(['sin', 'cos', 'tan', 'tg', 'cot', 'ctg', 'ctan', 'sec', 'csc', 'cosec']);
/** Functions whose value is an angle where their arguments are. */
const keepsUnit: ReadonlySet<string> = new Set(['min', 'max', 'sum', 'add', 'mean', 'avg', 'median', 'med', 'mode', 'coalesce', 'abs', 'floor', 'ceil', 'round']);

/**
 * Warns of each trigonometric function whose argument is in degrees and not converted by `rad` or a factor of π/180.
 * @param inDegrees ids of the variables without formula whose values are degrees
 */
export function checkAngles(variables: Readonly<Record<string, Variable>>, inDegrees: ReadonlySet<string>, report: (d: Diagnostic) => void): void {
  if (inDegrees.size === 0) return;
  const known = new Map<string, Angle | undefined>();
  for (const { meaning } of Object.values(variables)) if (meaning.kind === 'formula') visit(meaning.expression);

  function visit(e: Expression): void {
    const below = e.kind === 'operator' ? e.operands : e.kind === 'call' ? e.arguments : [];
    below.forEach(visit);
    const [argument] = below;
    if (e.kind !== 'call' || !trigonometry.has(e.function) || !argument) return;
    const angle = angleOf(argument);
    if (angle && !isConversion(angle.factor)) report(diagnose('formula/degrees', { function: e.function, name: angle.name }, argument.place));
  }

  /** The variable in degrees that an expression is a multiple of, and by how much; undefined where it is none. */
  function angleOf(e: Expression): Angle | undefined {
    switch (e.kind) {
      case 'number':
        return undefined;
      case 'variable':
        return angleOfVariable(e.id);
      case 'call':
        return keepsUnit.has(e.function) ? e.arguments.map(angleOf).find((a) => a !== undefined) : undefined;
      case 'operator': {
        const [a, b] = e.operands as [Expression, Expression];
        if (e.operator === 'neg') return angleOf(a);
        if (e.operator === '+' || e.operator === '-') return angleOf(a) ?? angleOf(b);
        if (e.operator === '*') return scaled(angleOf(a), constantOf(b)) ?? scaled(angleOf(b), constantOf(a));
        const divisor = e.operator === '/' ? constantOf(b) : undefined;
        return divisor === undefined ? undefined : scaled(angleOf(a), 1 / divisor);
      }
    }
  }

  function angleOfVariable(id: string): Angle | undefined {
    const { name, meaning } = variables[id]!;
    if (inDegrees.has(id)) return { name, factor: 1 };
    if (meaning.kind !== 'formula') return undefined;
    if (!known.has(id)) {
      // A formula that uses itself ends here; that it does is told elsewhere.
      known.set(id, undefined);
      known.set(id, angleOf(meaning.expression));
    }
    return known.get(id);
  }
}

interface Angle {
  name: string;
  factor: number;
}

const scaled = (angle: Angle | undefined, by: number | undefined): Angle | undefined => (angle && by !== undefined ? { ...angle, factor: angle.factor * by } : undefined);

/** Near enough to π/180, also where π is written as 3.14. */
const isConversion = (factor: number): boolean => Math.abs((factor * 180) / Math.PI - 1) < 0.01;

/** The value of an expression of numbers alone. */
function constantOf(e: Expression): number | undefined {
  if (e.kind === 'number') return e.value;
  if (e.kind !== 'operator') return undefined;
  const values = e.operands.map(constantOf);
  if (values.includes(undefined)) return undefined;
  const [a, b] = values as [number, number];
  switch (e.operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case 'neg':
      return -a;
    default:
      return undefined;
  }
}
