/** Deterministic numbers in [0, 1): a linear congruential generator with the constants of ISO C's example. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}
