import { deploymentKeywords } from './keywords/deployment.js';
import { metricKeywords } from './keywords/metric.js';
import { requirementKeywords } from './keywords/requirement.js';
import type { KeywordTable } from './keywords/table.js';

/** By the rule of the grammar, so that `type` is described where it stands. */
export const keywords: KeywordTable = { ...deploymentKeywords, ...requirementKeywords, ...metricKeywords };

/**
 * What a keyword does.
 * @param phrase with the keywords that stand beside it: `resource requirement`
 * @param rule the rule of the grammar that it stands in
 */
export function describeKeyword(phrase: string, rule: string): string | undefined {
  const words = phrase.split(' ');
  for (let length = words.length; length > 0; length--) {
    const found = keywords[rule]?.[words.slice(0, length).join(' ')];
    if (found) return found;
  }
  // The rest of a phrase that is begun.
  return Object.entries(keywords[rule] ?? {}).find(([known]) => known.endsWith(` ${phrase}`))?.[1];
}
