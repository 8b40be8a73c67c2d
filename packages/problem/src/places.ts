/** Places by number, so that formulas can compare them. */
import { memo } from './memo.js';
import { compareCodePoints } from './order.js';
import type { Problem } from './problem.js';

export type PlaceLevel = 'zone' | 'region' | 'cloud';

const indexed = memo((candidates: Problem['candidates']): Record<PlaceLevel, Map<string, number>> => {
  const of = (level: PlaceLevel): Map<string, number> => new Map([...new Set(candidates.map((c) => c[level]))].sort(compareCodePoints).map((id, i) => [id, i]));
  return { zone: of('zone'), region: of('region'), cloud: of('cloud') };
});

/** All places of a level with their index, in the order of their ids by code point. */
export const places = (problem: Pick<Problem, 'candidates'>, level: PlaceLevel): Map<string, number> => indexed(problem.candidates)[level];
