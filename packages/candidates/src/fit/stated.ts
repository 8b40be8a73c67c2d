import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Requirement } from '@camelc/application/model';
import type { CandidateList, NodeCandidate } from '../candidate.js';
import { attributeOf } from './meets.js';

/**
 * Says where requirements ask for a fact that no candidate of the list states: an error, because every candidate would be excluded for want
 * of data; for machine images, which price lists do not enumerate, a warning that they are not checked. Once for each fact.
 * @param requirements of one component or of several
 */
export function checkStatedAttributes(requirements: readonly Requirement[], list: CandidateList): Diagnostic[] {
  const reported = new Set<string>();
  const name = list.name === undefined ? 'the list' : `\`${list.name}\``;
  return requirements.flatMap((requirement) =>
    factsOf(requirement).flatMap(({ what, stated }) => {
      if (reported.has(what) || list.candidates.length === 0 || list.candidates.some(stated)) return [];
      reported.add(what);
      return requirement.kind === 'image'
        ? diagnose('candidates/images-unchecked', { requirement: requirement.id, list: name }, requirement.place)
        : diagnose('candidates/attribute-unknown', { what, requirement: requirement.id, list: name }, requirement.place);
    }),
  );
}

interface Fact {
  what: string;
  stated: (candidate: NodeCandidate) => boolean;
}

/** The facts that a requirement needs to know of a candidate, other than those that every candidate states. */
function factsOf(requirement: Requirement): Fact[] {
  switch (requirement.kind) {
    case 'attribute':
      return [{ what: `\`${requirement.attribute}\``, stated: (c) => attributeOf(c, requirement.attribute) !== undefined }];
    case 'location': {
      const country: Fact = { what: 'a country', stated: (c) => c.location?.country !== undefined };
      const location: Fact = { what: 'a cloud location', stated: (c) => c.location !== undefined };
      return requirement.locations.length ? [location] : requirement.regions.length ? [country] : [];
    }
    case 'image':
      return [{ what: 'machine images', stated: (c) => c.images?.some((image) => image.name !== undefined) ?? false }];
    case 'os':
      return [
        { what: 'an operating system', stated: (c) => c.images?.some((image) => image.family !== undefined) ?? false },
        ...(requirement.version === undefined
          ? []
          : [{ what: 'the version of an operating system', stated: (c: NodeCandidate) => c.images?.some((image) => image.version !== undefined) ?? false }]),
        ...(requirement.bits64
          ? [{ what: 'an architecture', stated: (c: NodeCandidate) => c.architecture !== undefined || (c.images?.some((image) => image.architecture !== undefined) ?? false) }]
          : []),
      ];
    case 'runtime':
      return [{ what: 'function runtimes', stated: (c) => c.runtimes !== undefined }];
    default:
      return [];
  }
}
