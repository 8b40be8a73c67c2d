/** Smallest and largest number of arguments. */
export type Arity = readonly [min: number, max: number];

const named = (arity: Arity, names: string): [string, Arity][] => names.split(' ').map((name) => [name, arity]);

/**
 * The functions of formulas with their arities: names as mXparser has them, whose names and meanings CAMEL's editor took over
 * (https://mathparser.org/mxparser-math-collection/), with `sum`, `count`, `median` and `percentile` as models use them.
 * What they compute is in the package `problem`, which has the same names.
 */
export const functions: ReadonlyMap<string, Arity> = new Map([
  ...named([1, Infinity], 'min max sum add multi prod mean avg median med mode std var count ndist argmin argmax gcd lcm coalesce and or xor'),
  ...named([2, Infinity], 'percentile iff'),
  ...named([3, 3], 'if chi CHi Chi cHi'),
  ...named([1, 2], 'round'),
  ...named([2, 2], 'root pow log mod C nCk nPk KDelta'),
  ...named([1, 1], 'abs sgn floor ceil not isNaN fact sqrt cbrt exp ln log2 ld log10 lg rad deg sinc Sa Sinc'),
  // Angles are radians.
  ...named([1, 1], 'sin cos tan tg cot ctg ctan sec csc cosec asin arsin arcsin acos arcos arccos atan arctan atg arctg'),
  ...named([1, 1], 'acot arccot actan arcctan actg arcctg asec arsec arcsec acsc arcsc arccsc acosec arcosec arccosec'),
  ...named([1, 1], 'sinh cosh tanh tgh coth ctanh ctgh sech csch cosech asinh arsinh arcsinh acosh arcosh arccosh atanh arctanh atgh arctgh'),
  ...named([1, 1], 'acoth arcoth arccoth actanh arcctanh actgh arcctgh asech arsech arcsech acsch arcsch arccsch acosech arcosech arccosech'),
]);

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
