import { describeCandidate, type NodeCandidate } from '@camelc/candidates';
import { showPlace } from '../report/text.js';
import type { Console } from '../console.js';
import type { CandidateOptions } from '../inputs.js';
import { diagnosticToJson, toJson } from '../report/json.js';
import { count, money } from '../report/numbers.js';
import { table, wrap } from '../report/style.js';
import { filterCandidates, type Filtered } from '../solving.js';

/** How many of the candidates that fit are listed unless all are asked for. */
const shown = 5;

/** `camelc candidates PATHS`: what fits each component, and which requirement excludes the rest. */
export async function candidates(paths: readonly string[], options: CandidateOptions & { all?: boolean }, c: Console): Promise<number> {
  const filtered = await filterCandidates(paths, options, c);
  if (c.format === 'json') {
    c.print(toJson(report(filtered)));
  } else {
    c.problems(filtered.diagnostics);
    c.print(render(filtered, options.all ?? false, c));
  }
  return filtered.fits.every(({ fit }) => fit.fits.length > 0) ? 0 : 3;
}

const cheapestFirst = (fits: readonly NodeCandidate[]): NodeCandidate[] => [...fits].sort((a, b) => a.price - b.price || (a.id < b.id ? -1 : 1));

function report({ application, list, sources, fits, diagnostics }: Filtered): object {
  return {
    formatVersion: 1,
    application: application.name,
    currency: list.currency,
    sources,
    components: fits.map(({ component, fit }) => ({
      name: component.name,
      candidates: cheapestFirst(fit.fits),
      excluded: fit.excluded.map(({ candidate, reasons }) => ({
        id: candidate.id,
        reasons: reasons.map(({ requirement, has }) => ({ requirement: requirement?.id, asks: requirement?.text, has })),
      })),
      requirements: fit.effects.map(({ requirement, excludes, alone }) => ({
        id: requirement.id,
        asks: requirement.text,
        file: requirement.place.file,
        range: requirement.place.range,
        excludes,
        alone,
      })),
      conflicts: fit.conflicts.map((set) => set.map((requirement) => requirement.id)),
    })),
    diagnostics: diagnostics.map(diagnosticToJson),
  };
}

function render({ application, list, sources, fits }: Filtered, all: boolean, c: Console): string {
  const { style } = c;
  const heading = wrap(`${application.name}: ${count(list.candidates.length, 'candidate')} (${sources})`, style.width);
  const parts = [`${style.bold(application.name)}${heading.slice(application.name.length)}\n`];
  for (const { component, fit } of fits) {
    parts.push(`\n${style.bold(component.name)}: ${fit.fits.length === 0 ? style.red('no candidate fits') : `${fit.fits.length} fit`}\n`);
    const listed = all ? cheapestFirst(fit.fits) : cheapestFirst(fit.fits).slice(0, shown);
    const rows = listed.map((k) => [k.id, describeCandidate(k), `${money(k.price)} ${list.currency}/h`, k.limit === undefined ? '' : `at most ${k.limit}`]);
    if (rows.length) parts.push(indent(table(rows, [2])), '\n');
    if (fit.fits.length > listed.length) parts.push(style.dim(`  … and ${fit.fits.length - listed.length} more; --all lists them\n`));
    const excluding = fit.effects.filter((e) => e.excludes > 0);
    if (excluding.length) {
      parts.push(style.dim('  excluded by\n'));
      parts.push(
        indent(
          table(
            excluding.map(({ requirement, excludes, alone }) => [
              requirement.id,
              requirement.text,
              `${excludes} excluded`,
              alone ? `${alone} by this alone` : '',
              showPlace(requirement.place),
            ]),
            [2, 3],
          ),
          4,
        ),
        '\n',
      );
    }
    for (const conflict of fit.conflicts) {
      const ids = conflict.map((r) => `${r.id} (${r.text})`);
      parts.push(`  ${style.red('none has')} ${ids.join(' and ')}\n`);
    }
  }
  return parts.join('');
}

const indent = (text: string, by = 2): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
