import { byPosition } from '@camelc/diagnostics';
import { isSoftware, placeOfName } from '@camelc/language';
import { AstUtils, type AstNode } from 'langium';
import type { CandidateSummaries } from '../reading/hover.js';
import type { BackgroundSolving } from './background.js';
import { titleOfComponent } from './lens.js';

/** What the searches in the background have found out of the candidates of components. */
export class KnownCandidates implements CandidateSummaries {
  constructor(private readonly background: BackgroundSolving) {}

  summaryOf(node: AstNode): string | undefined {
    if (!isSoftware(node)) return undefined;
    const uri = AstUtils.getDocument(node).uri.toString();
    const { start } = placeOfName(node).range;
    for (const { known } of this.background.current()) {
      const candidates = known?.candidates;
      const component = candidates?.components?.find(({ location }) => location.uri === uri && byPosition(location.range.start, start) === 0);
      if (component) return titleOfComponent(component, candidates!);
    }
    return undefined;
  }
}
