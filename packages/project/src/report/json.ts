import type { Diagnostic } from '@camelc/diagnostics';

/** A diagnostic as every verb's JSON report has it: file and range apart, the range as in LSP. */
export function diagnosticToJson(d: Diagnostic): object {
  return {
    ...(d.place && { file: d.place.file }),
    code: d.code,
    severity: d.severity,
    message: d.message,
    ...(d.place && { range: d.place.range }),
    ...(d.help && { help: d.help }),
    ...(d.fixes?.length && { fixes: d.fixes.map(({ title, edits }) => ({ title, edits: edits.map(({ place, text }) => ({ file: place.file, range: place.range, text })) })) }),
    related: (d.related ?? []).map(({ message, place }) => ({ message, file: place.file, range: place.range })),
  };
}

/** JSON as every verb prints it. */
export const toJson = (value: unknown): string => JSON.stringify(value, undefined, 2) + '\n';
