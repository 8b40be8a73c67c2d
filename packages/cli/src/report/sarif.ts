import { pathToFileURL } from 'node:url';
import { catalogue, type Diagnostic, type Entry, type Fix, type Place } from '@camelc/diagnostics';

const levels = { error: 'error', warning: 'warning', hint: 'note' } as const;

/** A SARIF 2.1.0 log of the diagnostics, for code scanning services. */
export function toSarif(diagnostics: readonly Diagnostic[], version: string): object {
  // Services refuse a log in which a result has no place.
  const placed = diagnostics.filter((d) => d.place);
  const others = diagnostics.filter((d) => !d.place);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'camelc',
            version,
            rules: rulesOf(placed),
            ...(others.length > 0 && { notifications: rulesOf(others) }),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: !others.some((d) => d.severity === 'error'),
            ...(others.length > 0 && {
              toolExecutionNotifications: others.map((d) => ({ descriptor: { id: d.code }, level: levels[d.severity], message: { text: textOf(d) } })),
            }),
          },
        ],
        results: placed.map((d) => ({
          ruleId: d.code,
          level: levels[d.severity],
          message: { text: textOf(d) },
          ...(d.suppressed !== undefined && { suppressions: [{ kind: 'inSource', justification: d.suppressed }] }),
          ...(d.fixes?.length && { fixes: d.fixes.map(fixOf) }),
          locations: [location(d.place!)],
          ...(d.related && { relatedLocations: d.related.map((r) => ({ ...location(r.place), message: { text: r.message } })) }),
        })),
      },
    ],
  };
}

const textOf = ({ message, help }: Diagnostic): string => (help ? `${message}; ${help}` : message);

const rulesOf = (diagnostics: readonly Diagnostic[]): object[] => [...new Set(diagnostics.map((d) => d.code))].sort().map(ruleOf);

function ruleOf(id: Diagnostic['code']): object {
  const { severity, explanation, fix, example } = catalogue[id] as Entry<never>;
  const help = [explanation, ...(fix ? [`Quick fix: ${fix}.`] : []), ...(example ? [`For example:\n\n\`\`\`camel\n${example}\n\`\`\``] : [])].join('\n\n');
  const [sentence] = explanation.split(/(?<=[.:])\s/);
  return {
    id,
    shortDescription: { text: sentence },
    fullDescription: { text: explanation },
    help: { text: explanation, markdown: help },
    defaultConfiguration: { level: levels[severity] },
  };
}

function fixOf({ title, edits }: Fix): object {
  const files = [...new Set(edits.map(({ place }) => place.file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: { uri: uriOf(file) },
      replacements: edits.filter(({ place }) => place.file === file).map(({ place, text }) => ({ deletedRegion: regionOf(place), insertedContent: { text } })),
    })),
  };
}

// Relative paths stay relative, so that a log is the same on every machine.
const uriOf = (file: string): string =>
  file.includes('://') ? encodeURI(file) : file.startsWith('/') ? pathToFileURL(file).href : file.split(/[/\\]/).map(encodeURIComponent).join('/');

const regionOf = ({ range: { start, end } }: Place): object => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

const location = (place: Place): object => ({ physicalLocation: { artifactLocation: { uri: uriOf(place.file) }, region: regionOf(place) } });
