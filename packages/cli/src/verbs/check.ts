import { exitCodeOf } from '@camelc/diagnostics';
import type { Console } from '../console.js';
import { checkPaths } from '../models.js';
import { diagnosticToJson, toJson } from '../report/json.js';
import { toSarif } from '../report/sarif.js';
import { summarise } from '../report/text.js';
import { version } from '../version.js';

/** `camelc check PATHS`: the problems of models. Fails on errors alone. */
export async function check(paths: readonly string[], c: Console): Promise<number> {
  const { diagnostics, files } = await checkPaths(paths, c);
  if (c.format === 'json') c.print(toJson({ formatVersion: 1, files, diagnostics: diagnostics.map(diagnosticToJson) }));
  else if (c.format === 'sarif') c.print(toJson(toSarif(diagnostics, version)));
  else {
    c.diagnostics(diagnostics);
    const first = diagnostics.find((d) => d.severity === 'error') ?? diagnostics[0];
    if (!c.quiet) c.print(`${summarise(diagnostics, files)}.${first ? ` Try \`camelc explain ${first.code}\`.` : ''}\n`);
  }
  return exitCodeOf(diagnostics);
}
