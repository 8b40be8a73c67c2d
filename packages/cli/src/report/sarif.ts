import { pathToFileURL } from 'node:url';
import { catalogue, type Diagnostic, type Entry, type Place } from '@camelc/diagnostics';

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
            rules: codes.map((id) => ({ id, fullDescription: { text: (catalogue[id] as Entry<never>).explanation } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((d) => ({
          ruleId: d.code,
          level: levels[d.severity],
          message: { text: d.help ? `${d.message}; ${d.help}` : d.message },
          ...(d.place && { locations: [location(d.place)] }),
          ...(d.related && { relatedLocations: d.related.map((r) => ({ ...location(r.place), message: { text: r.message } })) }),
        })),
      },
    ],
  };
}

function location({ file, range }: Place): object {
  // Relative paths stay relative, so that a log is the same on every machine.
  const uri = file.includes('://') ? encodeURI(file) : file.startsWith('/') ? pathToFileURL(file).href : file.split(/[/\\]/).map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri },
      region: {
        startLine: range.start.line + 1,
        startColumn: range.start.character + 1,
        endLine: range.end.line + 1,
        endColumn: range.end.character + 1,
      },
    },
  };
}
