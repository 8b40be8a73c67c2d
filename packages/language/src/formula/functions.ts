/** Smallest and largest number of arguments. */
export type Arity = readonly [min: number, max: number];

const named = (arity: Arity, names: string): [string, Arity][] => names.split(' ').map((name) => [name, arity]);

/**
 * The functions of formulas with their arities: names as mXparser has them, whose names and meanings CAMEL's editor took over
 * (https://mathparser.org/mxparser-math-collection/), with `sum`, `count`, `median` and `percentile` as models use them.
 * What they compute is in the package `problem`, which has the same names.
 */
export const functions: ReadonlyMap<string, Arity> = new Map([
  ...named([1, Infinity], 'min max sum add multi mean avg median std var count gcd lcm'),
  ...named([2, Infinity], 'percentile iff'),
  ...named([3, 3], 'if'),
  ...named([1, 2], 'round'),
  ...named([2, 2], 'root pow log mod C'),
  ...named([1, 1], 'abs sgn floor ceil not fact sqrt exp ln log2 log10 rad deg'),
  // Angles are radians.
  ...named([1, 1], 'sin cos tan tg cot ctg ctan sec csc cosec asin arcsin arsin acos arccos arcos atan arctan atg arctg actan arcctan actg arcctg'),
  ...named([1, 1], 'sinh cosh tanh asinh acosh atanh'),
]);

/** Whether the function takes so many arguments. `iff` takes pairs of a condition and a value. */
export const takes = (name: string, [min, max]: Arity, count: number): boolean => count >= min && count <= max && (name !== 'iff' || count % 2 === 0);

/** The constants of formulas. A metric or a variable of that name comes first. */
export const constants: ReadonlyMap<string, number> = new Map([
  ['e', Math.E],
  ['pi', Math.PI],
]);
