/** Random couplings, separations, alternatives and ports. */
import type { Random } from './random.js';

export type Level = 'host' | 'zone' | 'region' | 'cloud';

export interface PlacementRule {
  kind: 'coupling' | 'separation';
  name: string;
  level: Level;
  relaxed: boolean;
  components: string[];
  from?: string[];
}

export interface Alternative {
  name: string;
  components: string[];
}

/** When the first is deployed, so is one of the others. */
export interface Need {
  component: string;
  port: string;
  providers: string[];
}

const textOf = ({ kind, name, level, relaxed, components, from }: PlacementRule): string =>
  `${kind} ${name} { type same-${level} ${relaxed ? 'relaxed' : ''} software [${components.join(', ')}] ${from ? `from [${from.join(', ')}]` : ''} }`;

/**
 * A coupling or separation.
 * @param everywhere the component that is on every host: only hosts separate from it
 */
export function randomPlacementRule(
  name: string,
  components: readonly string[],
  placement: 'dedicated' | 'shared',
  everywhere: string | undefined,
  r: Random,
): PlacementRule & { text: string } {
  const kind = components.length > 1 && r.chance(0.45) ? 'coupling' : 'separation';
  const level = r.of(['host', 'host', 'zone', 'region', 'cloud'] as const);
  const chosen = r.shuffled(components).slice(0, r.chance(0.7) ? 2 : 3);
  // What a preference for common hosts means where each instance has its own is not said.
  const relaxed = r.chance(0.35) && !(kind === 'coupling' && level === 'host' && placement === 'dedicated');
  const rule: PlacementRule = { kind, name, level, relaxed, components: chosen };
  if (kind === 'separation') {
    if (everywhere !== undefined && level !== 'host') rule.components = chosen.filter((c) => c !== everywhere);
    if (rule.components.length === 0) rule.components = components.filter((c) => c !== everywhere).slice(0, 1);
    if (r.chance(0.2)) rule.components = rule.components.slice(0, 1);
    else if (rule.components.length > 1 && r.chance(0.4)) [rule.components, rule.from] = [rule.components.slice(0, 1), rule.components.slice(1)];
  }
  return { ...rule, text: textOf(rule) };
}

export const alternativeText = ({ name, components }: Alternative): string => `alternative ${name} { software [${components.join(', ')}] }`;
