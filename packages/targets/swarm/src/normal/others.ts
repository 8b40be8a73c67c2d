/** Normal forms of what is no service. */
import type { Json } from '@camelc/plan';
import { candidateLabel, groupLabel } from '../names.js';
import { compact, pruned, sorted, unlessEmpty } from './values.js';

/** Labels of a network say nothing here: nothing can change them. */
export type NetworkForm = { driver: string; attachable?: true; internal?: true; options?: Record<string, string>; engine?: Json };

/** The number of its tunnel, which the swarm chooses. */
const tunnelOption = 'com.docker.network.driver.overlay.vxlanid_list';

interface EngineNetworkDetails {
  Driver?: string;
  Attachable?: boolean;
  Internal?: boolean;
  EnableIPv6?: boolean;
  Options?: Record<string, string> | null;
}

/** Addresses are the swarm's choice. */
export function normaliseNetwork(inspected: object): NetworkForm {
  const { Driver, Attachable, Internal, EnableIPv6, Options } = inspected as EngineNetworkDetails;
  const { [tunnelOption]: _tunnel, ...options } = Options ?? {};
  return compact({
    // Empty until the swarm has given it addresses.
    driver: Driver || 'overlay',
    attachable: Attachable ? (true as const) : undefined,
    internal: Internal ? (true as const) : undefined,
    options: unlessEmpty(sorted(options)),
    engine: pruned({ EnableIPv6: EnableIPv6 ?? false }),
  });
}

/** What the Engine makes a network of. */
export function denormaliseNetwork({ driver, attachable, internal, options, engine }: NetworkForm, name: string, labels: Record<string, string>) {
  return {
    Name: name,
    CheckDuplicate: true,
    Driver: driver,
    Attachable: attachable ?? false,
    Internal: internal ?? false,
    Options: options ?? {},
    Labels: labels,
    ...(engine as object),
  };
}

/** Text where the content is UTF-8, else base64. */
export type ConfigForm = { text?: string; base64?: string; labels: Record<string, string> };

interface EngineLabelled {
  Data?: string;
  Labels?: Record<string, string> | null;
}

export const normaliseConfig = (spec: object): ConfigForm => configForm(Buffer.from((spec as EngineLabelled).Data ?? '', 'base64'), (spec as EngineLabelled).Labels ?? {});

export function configForm(content: Buffer, labels: Record<string, string>): ConfigForm {
  const text = content.toString('utf8');
  return { ...(Buffer.from(text, 'utf8').equals(content) ? { text } : { base64: content.toString('base64') }), labels: sorted(labels) };
}

export const denormaliseConfig = ({ text, base64, labels }: ConfigForm, name: string) => ({
  Name: name,
  Labels: labels,
  Data: base64 ?? Buffer.from(text ?? '', 'utf8').toString('base64'),
});

/** Nothing of its value: its name has a fingerprint of that. */
export type SecretForm = { labels: Record<string, string> };

export const normaliseSecret = (spec: object): SecretForm => ({ labels: sorted((spec as EngineLabelled).Labels ?? {}) });

/** @param value in base64 */
export const denormaliseSecret = ({ labels }: SecretForm, name: string, value: string) => ({ Name: name, Labels: labels, Data: value });

/** A label of a node. */
export type LabelForm = { node: string; label: string; value: string };

export const labelKey = ({ node, label, value }: LabelForm): string => `label/${node}/${label}=${value}`;
/** What people call it. */
export const labelName = (host: string, { label, value }: Pick<LabelForm, 'label' | 'value'>): string => `${host} ${label}=${value}`;
export const candidateKey = (node: string): string => `candidate/${node}`;

/** A resource that a label of a node is. */
export interface NodeResource {
  key: string;
  kind: 'label' | 'candidate';
  name: string;
  spec: LabelForm;
}

/** What an application has of a node: its own labels, and the candidate that the node is. */
export function nodeResources(id: string, node: { id: string; name: string; labels: Readonly<Record<string, string>> }): NodeResource[] {
  return Object.entries(node.labels).flatMap(([label, value]): NodeResource[] => {
    const spec: LabelForm = { node: node.id, label, value };
    if (label === candidateLabel) return [{ key: candidateKey(node.id), kind: 'candidate', name: node.name, spec }];
    const own = label === groupLabel(id) || label.startsWith(`${groupLabel(id)}.`);
    return own ? [{ key: labelKey(spec), kind: 'label', name: labelName(node.name, spec), spec }] : [];
  });
}
