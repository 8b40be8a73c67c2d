import type { Application } from '@camelc/application/model';
import type { Edit, Fix } from '@camelc/diagnostics';
import type { Change, Suggestion } from '@camelc/solver';

/** Where numbers stand in a text. */
const number = /(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/g;

/**
 * The suggestions that are edits: those that replace numbers which stand in a text.
 * @param sources the texts, by path
 */
export function fixesOf(suggestions: readonly Suggestion[], application: Application, sources: ReadonlyMap<string, string>): Fix[] {
  return suggestions.flatMap(({ changes }): Fix[] => {
    const edits = changes.map((change) => editOf(change, application, sources));
    const title = changes.map((c) => `${c.name} ${c.text}`).join(', ');
    return edits.every((edit) => edit !== undefined) ? [{ title, edits }] : [];
  });
}

/** The edit that makes a change; undefined where its place does not say the number to be changed exactly once. */
function editOf(change: Change, { constraints }: Application, sources: ReadonlyMap<string, string>): Edit | undefined {
  const condition = change.kind === 'constraint' ? constraints.find((c) => c.name === change.name)?.condition : undefined;
  const place = condition?.kind === 'comparison' ? condition.thresholdPlace : change.place;
  const [from, to] = [change.from, change.to].map((text) => /^-?[\d.]+(?:e[+-]?\d+)?/.exec(text)?.[0]);
  if (!place || from === undefined || to === undefined) return undefined;
  const { start, end } = place.range;
  const line = sources.get(place.file)?.split('\n', start.line + 1)[start.line];
  if (line === undefined || end.line !== start.line) return undefined;
  const [found, ...more] = [...line.slice(start.character, end.character).matchAll(number)].filter(([literal]) => Number(literal) === Number(from));
  if (!found || more.length > 0) return undefined;
  const character = start.character + found.index;
  const range = { start: { line: start.line, character }, end: { line: start.line, character: character + found[0].length } };
  return { place: { file: place.file, range }, text: found[0].includes('.') && !to.includes('.') ? `${to}.0` : to };
}
