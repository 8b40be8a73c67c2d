import type { Requirement } from '@camelc/application/model';
import type { CandidateList, NodeCandidate } from '../candidate.js';
import { byCodePoint } from '../order.js';
import { unmetBy } from './meets.js';

/** Which candidates a component can use, and why not the others. */
export interface Fit {
  /** Those that meet every requirement, in the order of the list. */
  fits: NodeCandidate[];
  excluded: Exclusion[];
  /** What each requirement does, in the order given. */
  effects: RequirementEffect[];
  /**
   * Where none fits, the requirements that explain it: each one that excludes every candidate by itself, or else one smallest-by-inclusion
   * set of requirements that do so together (without any one of them some candidate would fit). Empty where some candidate fits, or
   * where the list has none of the right type at all.
   */
  conflicts: Requirement[][];
}

export interface Exclusion {
  candidate: NodeCandidate;
  /** At least one. */
  reasons: Reason[];
}

export interface Reason {
  /** Absent: the type of the candidate is not among those used where no placement type is asked for. */
  requirement?: Requirement;
  /** What the candidate has instead: `2048 MegaBytes`, `DE, eu-central-1`, `unknown`. */
  has: string;
}

export interface RequirementEffect {
  requirement: Requirement;
  /** How many candidates it excludes. */
  excludes: number;
  /** How many of them would fit without it. */
  alone: number;
}

/** Types of candidates that a component without a placement type may use. */
const defaultTypes: readonly NodeCandidate['type'][] = ['IAAS', 'BYON', 'EDGE'];
/** The same for a component that asks for a function runtime. */
const runtimeTypes: readonly NodeCandidate['type'][] = ['FAAS', 'PAAS'];

/**
 * Filters a list by the requirements of one component. The order of the requirements does not matter.
 * Requirements for images by name count only where some candidate of the list names an image (see `checkStatedAttributes`).
 */
export function fittingCandidates(requirements: readonly Requirement[], list: CandidateList): Fit {
  const counting = requirements.filter((requirement) => requirement.kind !== 'image' || namesImages(list));
  const types = requirements.some(({ kind }) => kind === 'placement-type') ? undefined : requirements.some(({ kind }) => kind === 'runtime') ? runtimeTypes : defaultTypes;
  const isOfType = ({ type }: NodeCandidate): boolean => !types || types.includes(type);
  const fits = list.candidates.filter((candidate) => isOfType(candidate) && counting.every((requirement) => unmetBy(candidate, requirement) === undefined));

  // Why the others do not fit is asked for seldom, and takes more time than which do.
  let excluded: Exclusion[] | undefined;
  const exclusions = (): Exclusion[] => {
    if (excluded) return excluded;
    const fitting = new Set(fits);
    return (excluded = list.candidates.flatMap((candidate) => {
      if (fitting.has(candidate)) return [];
      const reasons: Reason[] = isOfType(candidate) ? [] : [{ has: candidate.type }];
      for (const requirement of counting) {
        const has = unmetBy(candidate, requirement);
        if (has !== undefined) reasons.push({ requirement, has });
      }
      return [{ candidate, reasons }];
    }));
  };
  return {
    fits,
    get excluded() {
      return exclusions();
    },
    get effects() {
      return effectsOf(requirements, exclusions());
    },
    get conflicts() {
      return fits.length ? [] : conflictsOf(exclusions(), effectsOf(requirements, exclusions()));
    },
  };
}

const namesImages = (list: CandidateList): boolean => list.candidates.some((candidate) => candidate.images?.some(({ name }) => name !== undefined));

function effectsOf(requirements: readonly Requirement[], excluded: readonly Exclusion[]): RequirementEffect[] {
  return requirements.map((requirement) => {
    const by = excluded.filter(({ reasons }) => reasons.some((reason) => reason.requirement === requirement));
    return { requirement, excludes: by.length, alone: by.filter(({ reasons }) => reasons.length === 1).length };
  });
}

/** Candidates of another type than the default count for nothing here: no requirement could admit them. */
function conflictsOf(excluded: readonly Exclusion[], effects: readonly RequirementEffect[]): Requirement[][] {
  const reasons = excluded.map((exclusion) => exclusion.reasons).filter((all) => all.every(({ requirement }) => requirement));
  if (reasons.length === 0) return [];
  const excludesAll = (requirements: ReadonlySet<Requirement>): boolean => reasons.every((all) => all.some(({ requirement }) => requirements.has(requirement!)));

  const single = effects.map(({ requirement }) => requirement).filter((requirement) => excludesAll(new Set([requirement])));
  if (single.length) return single.map((requirement) => [requirement]);

  // Deletion: what excludes least is tried first, so that the strongest requirements remain; equal ones by name, not by order.
  const left = new Set(effects.map(({ requirement }) => requirement));
  const weakestFirst = [...effects].sort((a, b) => a.excludes - b.excludes || byCodePoint(a.requirement.id, b.requirement.id));
  for (const { requirement } of weakestFirst) {
    left.delete(requirement);
    if (!excludesAll(left)) left.add(requirement);
  }
  return [effects.map(({ requirement }) => requirement).filter((requirement) => left.has(requirement))];
}
