/** Builds the application of a model that stands in a test. */
import { loadModels } from '@camelc/language';
import { hasErrors } from '@camelc/diagnostics';
import { buildApplication, chooseApplication } from '../src/build.js';
import type { Application, Expression } from '../src/model.js';

export const units = 'UnitTemplateCamelModel.UnitTemplateModel';
export const templates = 'MetricTemplateCamelModel.MetricTemplateModel';

/** The application, and the codes of what was reported with the marked text. */
export async function applicationOf(text: string, ...others: string[]): Promise<{ application: Application; reported: string[] }> {
  const files = [text, ...others].map((content, i) => ({ path: `${i}.camel`, text: content }));
  const { models, diagnostics, libraryRegions } = await loadModels(files);
  if (hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics, undefined, 1));
  const built = buildApplication(chooseApplication(models, others.length ? models[0]!.name : undefined), models, libraryRegions);
  const reported = built.diagnostics.map(({ code, place }) => {
    const { start, end } = place!.range;
    const lines = files.find((f) => f.path === place!.file)!.text.split('\n');
    return `${code} ${lines[start.line]!.slice(start.character, end.line === start.line ? end.character : undefined)}`;
  });
  return { application: built.application, reported };
}

/** An expression in prefix form, for comparing. */
export function prefix(e: Expression): string {
  switch (e.kind) {
    case 'number':
      return String(e.value);
    case 'variable':
      return e.id.split('.').at(-1)!;
    case 'call':
      return `${e.function}(${e.arguments.map(prefix).join(' ')})`;
    case 'operator':
      return `(${[e.operator, ...e.operands.map(prefix)].join(' ')})`;
  }
}
