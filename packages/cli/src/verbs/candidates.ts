import { describeCandidate, type NodeCandidate } from '@camelc/candidates';
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { count, money, table, toJson, wrap, type CandidateOptions } from '@camelc/project';
import { candidatesToJson, cheapestFirst, type CandidateLists, type Filtered } from '@camelc/project/solving';
import type { TargetOptions } from '@camelc/project/targets';
import type { Console } from '../console.js';
import { showPlace } from '../report/text.js';
import { filterPaths } from '../solving.js';

/** How many of the candidates that fit are listed unless all are asked for. */
const shown = 5;

interface Options extends CandidateOptions, Pick<TargetOptions, 'host' | 'context'> {
  all?: boolean;
  /** The nodes of a swarm, in place of files and the catalogue. */
  from?: 'docker';
}

/** `camelc candidates PATHS`: what fits each component, and which requirement excludes the rest; `--from docker` without models lists the nodes of a swarm. */
export async function candidates(paths: readonly string[], options: Options, c: Console, readNodes = readNodesOf): Promise<number> {
  if (options.from && options.candidates) throw misuse('--from and --candidates name candidates: take one');
  if (!options.from && paths.length === 0) throw misuse('name models, or say --from docker');
  if (!options.from && (options.host ?? options.context) !== undefined) throw misuse('--host and --context say where the nodes of a swarm are: say --from docker, too');
  const nodes = options.from && (await readNodes(options));
  if (nodes && paths.length === 0) {
    c.print(c.format === 'json' ? toJson(nodes.list) : listing(nodes, c));
    return 0;
  }
  const filtered = await filterPaths(paths, options, c, nodes);
  if (c.format === 'json') {
    c.print(toJson(candidatesToJson(filtered)));
  } else {
    c.problems(filtered.diagnostics);
    c.print(render(filtered, options.all ?? false, c));
  }
  return filtered.fits.every(({ fit }) => fit.fits.length > 0) ? 0 : 3;
}

const readNodesOf = async (options: Options): Promise<CandidateLists> => (await import('@camelc/project/targets')).readNodeLists(options, options);

const misuse = (message: string): DiagnosticError => new DiagnosticError([diagnose('usage/invalid', { message, verb: 'candidates' })]);

/** What a swarm offers; as JSON it is a file for `--candidates`. */
function listing({ list, sources }: CandidateLists, { style }: Console): string {
  const rows = cheapestFirst(list.candidates).map((k) => row(k, list.currency));
  return `${style.bold(sources)}: ${count(list.candidates.length, 'candidate')}\n${indent(table(rows, [2]))}\n`;
}

const row = (k: NodeCandidate, currency: string): string[] => [k.id, describeCandidate(k), `${money(k.price)} ${currency}/h`, k.limit === undefined ? '' : `at most ${k.limit}`];

function render({ application, list, sources, fits }: Filtered, all: boolean, c: Console): string {
  const { style } = c;
  const heading = wrap(`${application.name}: ${count(list.candidates.length, 'candidate')} (${sources})`, style.width);
  const parts = [`${style.bold(application.name)}${heading.slice(application.name.length)}\n`];
  for (const { component, fit } of fits) {
    parts.push(`\n${style.bold(component.name)}: ${fit.fits.length === 0 ? style.red('no candidate fits') : `${fit.fits.length} fit`}\n`);
    const listed = all ? cheapestFirst(fit.fits) : cheapestFirst(fit.fits).slice(0, shown);
    const rows = listed.map((k) => row(k, list.currency));
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
