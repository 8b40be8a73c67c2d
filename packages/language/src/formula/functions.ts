/** Smallest and largest number of arguments. */
export type Arity = readonly [min: number, max: number];

/**
 * The functions of formulas by their parameters: names as mXparser has them, whose names and meanings CAMEL's editor took over
 * (https://mathparser.org/mxparser-math-collection/), with `sum`, `count`, `median` and `percentile` as models use them.
 * `values…` stands for one or more arguments, `n?` may be left out, `…` repeats what stands before it.
 * What they compute and mean is in the package `problem`, which has the same names.
 */
const signatures: readonly (readonly [parameters: string, names: string])[] = [
  ['values…', 'min max sum add multi prod mean avg median med mode std var count ndist argmin argmax gcd lcm coalesce and or xor'],
  ['values…, p', 'percentile'],
  ['condition, value, …', 'iff'],
  ['condition, then, else', 'if'],
  ['x, a, b', 'chi CHi Chi cHi'],
  ['x, n?', 'round'],
  ['n, x', 'root'],
  ['x, y', 'pow'],
  ['b, x', 'log'],
  ['n, k', 'C nCk nPk'],
  ['a, b', 'mod KDelta'],
  ['x', 'abs sgn floor ceil not isNaN fact sqrt cbrt exp ln log2 ld log10 lg rad deg sinc Sa Sinc'],
  // Angles are radians.
  ['angle', 'sin cos tan tg cot ctg ctan sec csc cosec'],
  ['x', 'asin arsin arcsin acos arcos arccos atan arctan atg arctg'],
  ['x', 'acot arccot actan arcctan actg arcctg asec arsec arcsec acsc arcsc arccsc acosec arcosec arccosec'],
  ['x', 'sinh cosh tanh tgh coth ctanh ctgh sech csch cosech asinh arsinh arcsinh acosh arcosh arccosh atanh arctanh atgh arctgh'],
  ['x', 'acoth arcoth arccoth actanh arcctanh actgh arcctgh asech arsech arcsech acsch arcsch arccsch acosech arcosech arccosech'],
];

/** The parameters of each function, as they are shown. */
export const functionParameters: ReadonlyMap<string, readonly string[]> = new Map(
  signatures.flatMap(([parameters, names]) => names.split(' ').map((name) => [name, parameters.split(', ')] as const)),
);

const arityOf = (parameters: readonly string[]): Arity => [
  parameters.filter((p) => !p.endsWith('?') && p !== '…').length,
  parameters.some((p) => p.endsWith('…')) ? Infinity : parameters.length,
];

/** The functions with their arities. */
export const functions: ReadonlyMap<string, Arity> = new Map([...functionParameters].map(([name, parameters]) => [name, arityOf(parameters)]));

/**
 * Which parameter the argument of that index is meant for.
 * @param count how many arguments the call has
 */
export function parameterOf(parameters: readonly string[], index: number, count: number): number {
  // Pairs of a condition and a value.
  if (parameters.at(-1) === '…') return index % (parameters.length - 1);
  const variadic = parameters.findIndex((p) => p.endsWith('…'));
  if (variadic < 0 || index < variadic) return index;
  const after = parameters.length - 1 - variadic;
  return index > variadic && index >= count - after ? parameters.length - (count - index) : variadic;
}

/** Functions of mXparser that draw a number at random: a formula with one would not have one value. */
export const randomFunctions: ReadonlySet<string> = new Set('rUni rUnid rNor rList rStud rChi2 rFSned'.split(' '));

/** Whether the function takes so many arguments. `iff` takes pairs of a condition and a value. */
export const takes = (name: string, [min, max]: Arity, count: number): boolean => count >= min && count <= max && (name !== 'iff' || count % 2 === 0);

/** The constants of formulas. A metric or a variable of that name comes first. */
export const constants: ReadonlyMap<string, number> = new Map([
  ['e', Math.E],
  ['pi', Math.PI],
  // The golden ratio.
  ['phi', (1 + Math.sqrt(5)) / 2],
  ['true', 1],
  ['false', 0],
]);
