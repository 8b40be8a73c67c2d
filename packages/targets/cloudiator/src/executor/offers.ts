/** The candidates of a solution among what a server offers. */
import type { NodeCandidate as Candidate } from '@camelc/candidates';
import type { IdentifierRequirement, NodeCandidate } from '../api.js';
import { queryOf } from '../requirements.js';
import type { Client } from './client.js';

/** An offer by its ids, so that a plan starts the very one that was reviewed. */
export type Offer = { id: string } | Omit<IdentifierRequirement, 'type'>;

/** The offer that is the candidate: the one with its id, or else the cheapest of its hardware at its place in its cloud. */
export async function findOffer(client: Client, candidate: Candidate): Promise<Offer | undefined> {
  const same = await client.find<NodeCandidate>(`/nodeCandidates/${encodeURIComponent(candidate.id)}`);
  if (same) return pin(same);
  const found = await client.ask<NodeCandidate[]>('POST', '/nodeCandidates', queryOf(candidate));
  const fitting = found.filter((offer) => isSame(candidate, offer));
  fitting.sort((a, b) => (a.price ?? 0) - (b.price ?? 0) || (a.image?.name ?? '').localeCompare(b.image?.name ?? '', 'en') || (a.id ?? '').localeCompare(b.id ?? '', 'en'));
  return fitting[0] && pin(fitting[0]);
}

/** The server may take a query more widely than it was meant. */
function isSame({ hardware, cloud, location, images }: Candidate, offer: NodeCandidate): boolean {
  const image = images?.length === 1 ? images[0] : undefined;
  return (
    (offer.hardware?.name === hardware || offer.hardware?.providerId === hardware) &&
    offer.cloud?.id === cloud.id &&
    (location === undefined || offer.location?.id === location.id) &&
    (image?.id === undefined || offer.image?.id === image.id)
  );
}

function pin({ id, hardware, location, image }: NodeCandidate): Offer | undefined {
  if (hardware && location && image) return { hardwareId: hardware.id, locationId: location.id, imageId: image.id };
  return id === undefined ? undefined : { id };
}

/** The candidate that was pinned; undefined where the server does not offer it any more. */
export async function offered(client: Client, offer: Offer): Promise<NodeCandidate | undefined> {
  if ('id' in offer) return client.find<NodeCandidate>(`/nodeCandidates/${encodeURIComponent(offer.id)}`);
  const requirement: IdentifierRequirement = { type: 'IdentifierRequirement', ...offer };
  const found = await client.ask<NodeCandidate[]>('POST', '/nodeCandidates', [requirement]);
  return found.find(({ hardware, location, image }) => hardware?.id === offer.hardwareId && location?.id === offer.locationId && image?.id === offer.imageId);
}
