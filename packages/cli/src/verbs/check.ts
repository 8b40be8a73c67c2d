import { exitCodeOf, shownOf } from '@camelc/diagnostics';
import { checkModels, diagnosticToJson, openToCheck, toJson } from '@camelc/project';
import type { Console } from '../console.js';
import { toSarif } from '../report/sarif.js';
import { summarise } from '../report/text.js';
import { version } from '../version.js';

/** `camelc check PATHS`: the problems of models. Fails on errors alone. */
export async function check(paths: readonly string[], c: Console): Promise<number> {
  const models = openToCheck(paths, c);
  const all = await checkModels(models);
  const diagnostics = shownOf(all);
  const files = models.files.length;
  if (c.format === 'json') c.print(toJson({ formatVersion: 1, files, diagnostics: diagnostics.map(diagnosticToJson) }));
  else if (c.format === 'sarif') c.print(toJson(toSarif(all, version)));
  else {
    c.diagnostics(all);
    const first = diagnostics.find((d) => d.severity === 'error') ?? diagnostics[0];
    if (!c.quiet) c.print(`${summarise(diagnostics, files)}.${first ? ` Try \`camelc explain ${first.code}\`.` : ''}\n`);
  }
  return exitCodeOf(diagnostics);
}
