/** Arithmetic of extended reals, where what is not defined is NaN, and relations that rounding errors do not decide. */

/**
 * Whether two numbers differ by rounding errors at most: by less than 1e-9 of their size, or than 1e-9.
 * An infinite number equals itself alone.
 */
export const nearlyEqual = (a: number, b: number): boolean => a === b || Math.abs(a - b) < 1e-9 * Math.max(1, Math.min(Math.abs(a), Math.abs(b)));

/** a ≥ b as formulas mean it; a < b is its opposite, so that 0.1 + 0.2 > 0.3 does not hold. */
export const atLeast = (a: number, b: number): boolean => a >= b || nearlyEqual(a, b);

/** The whole number that rounding errors have moved x away from, so that ceil(10 * 0.3) is 3. */
export const nearlyWhole = (x: number): number | undefined => (Math.abs(x - Math.round(x)) <= 1e-9 * Math.max(1, Math.abs(x)) ? Math.round(x) : undefined);

/** Division of extended reals: a positive number by zero is +∞, a negative one -∞, zero by zero is undefined. */
export const divide = (a: number, b: number): number => (b === 0 ? (a === 0 ? Number.NaN : a * Number.POSITIVE_INFINITY) : a / b);

/** Power; undefined where an operand is (JavaScript says NaN^0 = 1), and 0 to a negative power is +∞. */
export const power = (a: number, b: number): number => (Number.isNaN(a) ? Number.NaN : a === 0 && b < 0 ? Number.POSITIVE_INFINITY : a ** b);

/** The n-th root of x; of a negative number where n is odd. */
export function root(n: number, x: number): number {
  if (x < 0 && Math.abs(n % 2) === 1) return -root(n, -x);
  const value = power(x, divide(1, n));
  // 64^(1/3) is 3.9999999999999996, since 1/3 has no binary fraction.
  const whole = Math.round(value);
  return whole ** n === x ? whole : value;
}

export function logarithm(base: number, x: number): number {
  // More exact than the quotient: log(10, 1000) is 3.
  if (base === 10) return Math.log10(x);
  return base === 2 ? Math.log2(x) : divide(Math.log(x), Math.log(base));
}

/** Remainder with the sign of the dividend, as in Java; 0 where rounding errors alone leave one. */
export function modulo(a: number, b: number): number {
  const exact = a % b;
  if ((Number.isInteger(a) && Number.isInteger(b)) || !Number.isFinite(b)) return exact;
  // 0.3 % 0.1 is 0.09999999999999998 in binary.
  const share = Math.abs(exact / b);
  return nearlyEqual(share, 0) || nearlyEqual(share, 1) ? 0 : exact;
}

export function round(x: number, places = 0): number {
  if (!Number.isInteger(places)) return Number.NaN;
  if (!Number.isFinite(x)) return x;
  const scale = 10 ** places;
  const scaled = Math.abs(x) * scale;
  if (!Number.isFinite(scaled)) return x;
  // Half away from zero, as people round; Math.round would round -2.5 up. 1.005 is a little less, but meant.
  const half = nearlyWhole(2 * scaled);
  return (Math.sign(x) * Math.round(half === undefined ? scaled : half / 2)) / scale;
}

/** n! of a whole number that is not negative. */
export function factorial(n: number): number {
  const whole = nearlyWhole(n);
  if (whole === undefined || whole < 0) return n === Number.POSITIVE_INFINITY ? n : Number.NaN;
  let product = 1;
  for (let i = 2; i <= whole && product !== Number.POSITIVE_INFINITY; i++) product *= i;
  return product;
}

/** Greatest common divisor of whole numbers. */
export function gcd(a: number, b: number): number {
  let [x, y] = [nearlyWhole(Math.abs(a)), nearlyWhole(Math.abs(b))];
  if (x === undefined || y === undefined) return Number.NaN;
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** Least common multiple of whole numbers. */
export function lcm(a: number, b: number): number {
  const divisor = gcd(a, b);
  return divisor === 0 ? 0 : Math.round(Math.abs(a) / divisor) * Math.round(Math.abs(b));
}

/** How many ways there are to choose k of n in order. */
export function permutations(n: number, k: number): number {
  const [whole, chosen] = [nearlyWhole(n), nearlyWhole(k)];
  if (whole === undefined || chosen === undefined || whole < 0 || chosen < 0) return Number.NaN;
  let product = 1;
  for (let i = 0; i < chosen && product !== 0 && product !== Number.POSITIVE_INFINITY; i++) product *= whole - i;
  return product;
}

/** How many ways there are to choose k of n. */
export function binomial(n: number, k: number): number {
  const [whole, chosen] = [nearlyWhole(n), nearlyWhole(k)];
  if (whole === undefined || chosen === undefined || whole < 0 || chosen < 0) return Number.NaN;
  let product = 1;
  for (let i = 1; i <= Math.min(chosen, whole - chosen); i++) product = (product * (whole - i + 1)) / i;
  return chosen > whole ? 0 : Math.round(product);
}
