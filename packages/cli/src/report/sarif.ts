import { pathToFileURL } from 'node:url';
import { catalogue, type Diagnostic, type Entry, type Fix, type Place } from '@camelc/diagnostics';

const levels = { error: 'error', warning: 'warning', hint: 'note' } as const;

/** A SARIF 2.1.0 log of the diagnostics, for code scanning services. */
export function toSarif(diagnostics: readonly Diagnostic[], version: string): object {
  const codes = [...new Set(diagnostics.map((d) => d.code))].sort();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'camelc',
            version,
            rules: codes.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((d) => ({
          ruleId: d.code,
          level: levels[d.severity],
          message: { text: d.help ? `${d.message}; ${d.help}` : d.message },
          ...(d.suppressed !== undefined && { suppressions: [{ kind: 'inSource', justification: d.suppressed }] }),
          ...(d.fixes?.length && { fixes: d.fixes.map(fixOf) }),
          ...(d.place && { locations: [location(d.place)] }),
          ...(d.related && { relatedLocations: d.related.map((r) => ({ ...location(r.place), message: { text: r.message } })) }),
        })),
      },
    ],
  };
}

function ruleOf(id: Diagnostic['code']): object {
  const { severity, explanation, fix, example } = catalogue[id] as Entry<never>;
  const help = [explanation, ...(fix ? [`Quick fix: ${fix}.`] : []), ...(example ? [`For example:\n\n\`\`\`camel\n${example}\n\`\`\``] : [])].join('\n\n');
  return { id, fullDescription: { text: explanation }, help: { text: explanation, markdown: help }, defaultConfiguration: { level: levels[severity] } };
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
