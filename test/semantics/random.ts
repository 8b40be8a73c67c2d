/** Deterministic choices: the same seed makes the same model on every machine. */
export interface Random {
  below(n: number): number;
  chance(share: number): boolean;
  of<T>(values: readonly T[]): T;
  shuffled<T>(values: readonly T[]): T[];
  /** Choices of their own for a part, so that a part that is left out changes nothing in the others. */
  part(index: number): Random;
}

/** Numbers in [0, 1) that follow from the seed. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function random(seed: number): Random {
  const next = mulberry32(seed);
  const below = (n: number): number => Math.floor(next() * n);
  const shuffled = <T>(values: readonly T[]): T[] => {
    const out = [...values];
    for (let i = out.length - 1; i > 0; i--) {
      const j = below(i + 1);
      [out[i], out[j]] = [out[j]!, out[i]!];
    }
    return out;
  };
  return { below, shuffled, chance: (share) => next() < share, of: (values) => values[below(values.length)]!, part: (index) => random(Math.imul(seed ^ (index + 1), 0x9e3779b1)) };
}
