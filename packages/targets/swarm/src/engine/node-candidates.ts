/** The nodes of a swarm as candidates: own machines, at the price that their labels say. */
import { mergeAlikeMachines, type CandidateList, type Currency, type NodeCandidate } from '@camelc/candidates';
import { candidateLabel, factLabels } from '../names.js';
import type { EngineNode } from './api.js';
import { connect, refused } from './connection/connect.js';
import { EngineError } from './connection/engine.js';
import type { EngineOptions } from './connection/endpoint.js';
import { hostOf } from './read.js';

/**
 * What the swarm offers, as a candidates file has it.
 * @param currency of the prices in labels
 * @throws DiagnosticError engine/…
 */
export async function readNodeCandidates(options: EngineOptions, currency: Currency = 'EUR'): Promise<CandidateList> {
  const { engine } = await connect(options);
  try {
    return { formatVersion: 1, currency, name: `swarm at ${engine.endpoint.name}`, candidates: nodesAsCandidates(await engine.ask<EngineNode[]>('/nodes')) };
  } catch (error) {
    throw error instanceof EngineError ? refused(error) : error;
  } finally {
    engine.close();
  }
}

/**
 * Nodes that can be given something to do. Those with the same label `camelc.candidate` are one candidate of that id, together with such as have none
 * and are alike. Others that are alike become one candidate, called after one of them.
 */
export function nodesAsCandidates(nodes: readonly EngineNode[]): NodeCandidate[] {
  const ready = nodes.filter((node) => hostOf(node).ready);
  const labelled = ready.filter((node) => candidateOf(node) !== undefined);
  const named = [...new Set(labelled.map(candidateOf))].sort().map((id): NodeCandidate => {
    const machines = labelled.filter((node) => candidateOf(node) === id).map((node) => machine(node, id!));
    // Whoever labels them so says that they are alike: what all of them have counts.
    const least = (fact: 'cores' | 'memory'): number => Math.min(...machines.map((m) => m[fact]!));
    return { ...machines[0]!, cores: least('cores'), memory: least('memory'), limit: machines.length };
  });
  const rest: NodeCandidate[] = [];
  for (const node of ready.filter((n) => candidateOf(n) === undefined)) {
    const own = machine(node, nameOf(node, ready));
    const group = named.find((candidate) => merge([candidate, own]).length === 1);
    if (group) group.limit! += 1;
    else rest.push(own);
  }
  // Candidates with labels of their own stay apart, however alike they are.
  const apart = named.map((candidate): NodeCandidate => ({ ...candidate, cloud: { ...candidate.cloud, id: `swarm/${candidate.id}` } }));
  return [...apart, ...merge(rest)].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const merge = (candidates: NodeCandidate[]): NodeCandidate[] => mergeAlikeMachines({ formatVersion: 1, currency: 'EUR', candidates }).candidates;

const candidateOf = ({ Spec }: EngineNode): string | undefined => Spec.Labels?.[candidateLabel];

/** Nothing keeps machines of a swarm from having the same name. */
function nameOf(node: EngineNode, nodes: readonly EngineNode[]): string {
  const name = node.Description?.Hostname;
  return name !== undefined && nodes.every((other) => other === node || other.Description?.Hostname !== name) ? name : node.ID;
}

function machine(node: EngineNode, id: string): NodeCandidate {
  const { size, labels } = hostOf(node);
  const { Architecture: architecture, OS: family } = node.Description?.Platform ?? {};
  const price = Number(labels[factLabels.price]);
  const { location, city, country } = { location: labels[factLabels.location], city: labels[factLabels.city], country: labels[factLabels.country] };
  const place = location ?? city ?? country;
  return {
    id,
    type: 'BYON',
    hardware: `${size.cores} cores, ${Math.round(size.memory / 1024)} GB`,
    cloud: { id: 'swarm', provider: 'byon', type: 'private' },
    ...size,
    ...(architecture && { architecture }),
    ...(place !== undefined && { location: { id: place, ...(city && { city }), ...(country && /^[A-Z]{2}$/.test(country) && { country }) } }),
    ...(family && { images: [{ family }] }),
    price: price > 0 ? price : 0,
    limit: 1,
  };
}
