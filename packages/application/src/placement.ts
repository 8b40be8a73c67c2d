/** Where components may stand: couplings, separations, alternatives, and `everywhere`. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { placeOf, type AlternativeComponents, type Coupling as CouplingNode, type DeploymentModel, type Separation as SeparationNode } from '@camelc/language';
import type { Alternative, Component, Coupling, Level, Separation } from './model.js';

/** What a deployment model says of where components stand. */
export interface PlacementRules {
  couplings: Coupling[];
  separations: Separation[];
  alternatives: Alternative[];
}

type RuleNode = CouplingNode | SeparationNode | AlternativeComponents;

/**
 * Reads the rules, and checks them. One that names something else than a software component of the deployment model goes without it, and
 * without two components left is left out.
 */
export function placementRulesOf(deployment: DeploymentModel, components: readonly Component[], report: (d: Diagnostic) => void): PlacementRules {
  const known = new Set(components.map((c) => c.name));

  function names(node: RuleNode, list: 'components' | 'from'): string[] {
    const references = list === 'components' ? node.components : (node as SeparationNode).from;
    const seen = new Set<string>();
    references.forEach((reference, i) => {
      const name = reference.ref?.name ?? reference.$refText;
      const place = placeOf(node, list, i);
      if (!known.has(name) || reference.ref?.$container !== deployment) report(diagnose('placement/not-software', { name: node.name, component: name }, place));
      else if (seen.has(name)) report(diagnose('placement/listed-twice', { name: node.name, component: name }, place));
      else seen.add(name);
    });
    return [...seen];
  }

  const base = (node: RuleNode): { name: string; place: Coupling['place']; components: string[] } => ({
    name: node.name,
    place: placeOf(node, 'name'),
    components: names(node, 'components'),
  });
  const level = (node: CouplingNode | SeparationNode): Pick<Coupling, 'level' | 'relaxed'> => ({ level: levelOf(node.type), relaxed: node.relaxed });

  const separations = deployment.separations.flatMap((node): Separation[] => {
    const separation: Separation = { ...base(node), ...level(node), ...(node.from.length && { from: names(node, 'from') }) };
    const { components: kept, from } = separation;
    const both = node.from.findIndex((reference) => kept.includes(reference.ref?.name ?? ''));
    if (both >= 0) report(diagnose('placement/from-itself', { name: node.name, component: node.from[both]!.ref!.name }, placeOf(node, 'from', both)));
    return kept.length === 0 || from?.length === 0 || both >= 0 ? [] : [separation];
  });
  const several = ({ components: kept }: { components: string[] }): boolean => kept.length > 1;
  const rules = {
    couplings: deployment.couplings.map((node): Coupling => ({ ...base(node), ...level(node) })).filter(several),
    separations,
    alternatives: deployment.alternatives.map((node): Alternative => base(node)).filter(several),
  };
  checkEverywhere(deployment, rules, report);
  return rules;
}

const levelOf = (type: string | undefined): Level => type?.replace('same-', '') as Level;

function checkEverywhere(deployment: DeploymentModel, { separations }: PlacementRules, report: (d: Diagnostic) => void): void {
  const everywhere = new Set<string>();
  for (const component of deployment.components) {
    if (component.$type !== 'Software' || !component.everywhere) continue;
    everywhere.add(component.name);
    if (deployment.placement !== 'shared') report(diagnose('placement/everywhere-dedicated', { component: component.name }, placeOf(component, 'everywhere')));
  }
  for (const { name, place, level, relaxed, components, from } of separations) {
    if (level !== 'host' || relaxed) continue;
    const [one, other] = from ? [components, from].map((side) => side.find((c) => everywhere.has(c))) : components.filter((c) => everywhere.has(c));
    if (one !== undefined && other !== undefined) report(diagnose('placement/everywhere-apart', { name, components: [one, other] }, place));
  }
}
