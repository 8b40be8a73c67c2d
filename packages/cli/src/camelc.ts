/** camelc: the command line. Verbs are loaded when they are called, so that `check` need not wait for a solver. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { diagnose, DiagnosticError, exitCodeOf } from '@camelc/diagnostics';
import { why } from '@camelc/project';
import { createConsole, type Console, type OutputFormat } from './console.js';
import { describeMisuse } from './misuse.js';
import { leaveData, natural, seconds, withApply, withCandidates, withDeployment, withProblem, withSolver, withTarget, withSecrets } from './options.js';
import { version } from './version.js';

/** Options that every verb takes. */
export interface CommonOptions {
  format: OutputFormat;
  quiet?: boolean;
  color: boolean;
}

const program = new Command('camelc')
  .description('Compiles CAMEL models: checks them, finds the node candidates that fit, solves for the proven optimum, writes the deployment, and carries it out.')
  .version(version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .addHelpText(
    'after',
    '\nExample:\n  camelc compile examples/smartwe --target swarm --out deploy\n\nSettings: camelc.config.json in the folder of the models or one above gives severities, candidates, metrics, currency, rates, where credentials come from, a time limit and files to ignore.\n\nExit codes: 0 done, for `plan` no change; 1 the models have errors; 2 `plan` has changes, `status` found differences from what was applied; 3 no deployment satisfies the model; 4 `apply` did not reach what was wanted; 5 a file, a program or a target is missing, or a plan is stale; 6 not proven (with --require-proof); 64 wrong usage; 130 interrupted.',
  )
  .showHelpAfterError(false)
  .enablePositionalOptions();

/** Adds a verb that reads models. */
function verb(name: string, description: string, example: string, formats: readonly string[] = ['text', 'json']): Command {
  return program
    .command(name)
    .description(description)
    .addOption(new Option('--format <format>', 'how to report').choices(formats).default('text'))
    .option('--quiet', 'print errors and results alone')
    .option('--no-color', 'no colours')
    .addHelpText('after', `\nExample:\n  ${example}`);
}

verb('check', 'Lists the problems of models.', 'camelc check shop.camel', ['text', 'json', 'sarif'])
  .argument('<paths...>', 'model files, or folders of them')
  .action((paths: string[], options: CommonOptions) => run(options, async (c) => (await import('./verbs/check.js')).check(paths, c)));

withCandidates(verb('candidates', 'Lists the node candidates that fit each component, and what excludes the others.', 'camelc candidates shop.camel'))
  .option('--all', 'list every candidate that fits, not the cheapest ones alone')
  .addOption(
    new Option(
      '--from <source>',
      'the nodes of a swarm in place of files and the catalogue; without models it lists them, and --format json writes a file for --candidates',
    ).choices(['docker']),
  )
  .option('--host <address>', 'with --from: how the swarm is reached; else DOCKER_HOST or the Docker context says it')
  .option('--context <name>', 'with --from: the Docker context of the swarm')
  .argument('[paths...]', 'model files, or folders of them')
  .action((paths: string[], options) => run(options, async (c) => (await import('./verbs/candidates.js')).candidates(paths, options, c)));

withProblem(
  verb(
    'problem',
    'Writes the constraint problem of an application and its candidates, also for other solvers.',
    'camelc problem shop.camel --as lp > shop.lp && glpsol --lp shop.lp',
  ),
)
  .addOption(
    new Option('--as <form>', 'the form to write: all of it as json, or what it optimises first for another solver').choices(['json', 'lp', 'mps', 'minizinc']).default('json'),
  )
  .argument('<paths...>', 'model files, or folders of them')
  .action((paths: string[], options) => run(options, async (c) => (await import('./verbs/problem.js')).problem(paths, options, c)));

withSolver(verb('solve', 'Finds the deployment of highest utility, with its proof.', 'camelc solve shop.camel --time-limit 30'))
  .argument('<paths...>', 'model files, or folders of them')
  .action((paths: string[], options) => run(options, async (c) => (await import('./verbs/solve.js')).solve(paths, options, c)));

withDeployment(verb('compile', 'Solves, and writes what a target needs to run the deployment.', 'camelc compile examples/smartwe --target swarm --out deploy'))
  .addOption(new Option('--target <target>', 'what the deployment runs on').choices(['swarm', 'cloudiator']).default('swarm'))
  .option('--out <folder>', 'where to write', 'deploy')
  .argument('<paths...>', 'model files, or folders of them')
  .action((paths: string[], options) => run(options, async (c) => (await import('./verbs/compile.js')).compile(paths, options, c)));

withSolver(verb('graph', 'Draws the topology: components, ports, communications, and with --solve hosts and cost.', 'camelc graph examples/smartwe --solve --out smartwe.svg'))
  .addOption(new Option('--as <form>', 'the form to write').choices(['svg', 'mermaid', 'dot']).default('svg'))
  .option('--out <file>', 'where to write; else to standard output')
  .option('--solve', 'find the deployment, and show its hosts and cost')
  .argument('<paths...>', 'model files, or folders of them')
  .action((paths: string[], options) => run(options, async (c) => (await import('./verbs/graph.js')).graph(paths, options, c)));

leaveData(
  withSecrets(
    withTarget(
      withDeployment(
        verb(
          'plan',
          'Shows what would have to be done for the models to run, and saves it. Exit code 2 when that is anything.',
          'camelc plan shop.camel --target swarm --out plan.json',
        ),
      ),
    ),
  ),
)
  .option('--out <file>', 'where to save the plan, for `camelc apply FILE`')
  .argument('<paths...>', 'model files, or folders of them')
  .action((paths: string[], options) => run(options, async (c) => (await import('./verbs/plan.js')).plan(paths, options, c)));

leaveData(
  withApply(
    withDeployment(
      verb(
        'apply',
        'Carries out a saved plan exactly; or plans for models, asks, and carries that out; or, without either, goes on with an apply that was interrupted.',
        'camelc apply plan.json\n  camelc apply shop.camel --target swarm --auto-approve\n  camelc apply',
      ),
    ),
  ),
)
  .option('--wait-hosts <seconds>', 'wait so long for hosts that are missing', seconds)
  .argument('[paths...]', 'a plan (a .json file), or models: files, or folders of them')
  .action((paths: string[], options, command: Command) =>
    run(options, async (c) => (await import('./verbs/apply.js')).apply(paths, { ...options, ofPlanning: givenOf(command, leaveData(withDeployment(new Command()))) }, c)),
  );

leaveData(withApply(verb('rollback', 'Goes back to a deployment that was applied, or undoes an apply that was interrupted. It needs no model.', 'camelc rollback --to 3')))
  .option('--application <name>', 'the application, where the target runs several')
  .option('--to <revision>', 'the number of a revision; else the one before the last', natural)
  .option('--list', 'list the revisions that there are, and change nothing')
  .option('--abandon', 'give up an apply that was interrupted and cannot be undone: what runs stays as it is, and can be planned from')
  .action((options) => run(options, async (c) => (await import('./verbs/rollback.js')).rollback(options, c)));

withTarget(
  verb(
    'status',
    'Shows what runs, where, whether it is healthy, and how it differs from what was applied. Exit code 2 when it does.',
    'camelc status --host ssh://user@manager.example.com',
  ),
)
  .option('--application <name>', 'the application, where the target runs several')
  .action((options) => run(options, async (c) => (await import('./verbs/status.js')).status(options, c)));

withApply(verb('destroy', 'Removes an application from its target, but for its data.', 'camelc destroy --application shop'))
  .option('--application <name>', 'the application, where the target runs several')
  .option('--volumes', 'remove its data too')
  .action((options) => run(options, async (c) => (await import('./verbs/destroy.js')).destroy(options, c)));

verb('ci', 'Writes a workflow that checks and plans every change, and applies that very plan after approval.', 'camelc ci github shop.camel --out .github/workflows/camelc.yml')
  .addArgument(new Argument('<service>', 'where it runs').choices(['github', 'gitlab']))
  .argument('<paths...>', 'model files, or folders of them, as seen from the top of the repository')
  .option('--out <file>', 'where to write, such as .github/workflows/camelc.yml or .gitlab-ci.yml; else to standard output')
  .addOption(new Option('--target <target>', 'what the deployment runs on').choices(['swarm', 'cloudiator']).default('swarm'))
  .option('--branch <name>', "the branch whose state is applied (default: main, on GitLab the project's default branch)")
  .option('--environment <name>', 'the environment that asks for approval', 'production')
  .option('--plan-options <options>', "further options of `camelc plan`, as one text: '--min-gain 0.1 --publish-mode host'")
  .option('--application <name>', 'the camel model to use, where several are given')
  .option('--images <file>', 'images for components that no container configuration carries, in a JSON file')
  .action((service: 'github' | 'gitlab', paths: string[], options) => run(options, async (c) => (await import('./verbs/ci.js')).ci(service, paths, options, c)));

verb('fmt', 'Formats models in place.', 'camelc fmt --check examples')
  .option('--check', 'write nothing, list the files that would change, and exit with code 1 if there are any')
  .option('--diff', 'write nothing, and print what would change')
  .option('--stdout', 'print the formatted model instead of writing it; so is that of standard input')
  .argument('<paths...>', 'model files, or folders of them; `-` is standard input')
  .action((paths: string[], options) => run(options, async (c) => (await import('./verbs/fmt.js')).fmt(paths, options, c)));

verb('explain', 'Explains a diagnostic at length.', 'camelc explain reference/unresolved')
  .argument('[code]', 'the code of the diagnostic; without it all are listed')
  .action((code: string | undefined, options: CommonOptions) => run(options, async (c) => (await import('./verbs/explain.js')).explain(code, c)));

program
  .command('lsp')
  .description('Runs the language server, for editors.')
  .option('--stdio', 'speak over standard input and output (the default and only way)')
  .addHelpText('after', '\nExample:\n  camelc lsp --stdio')
  .action(async () => {
    // The server finds its streams by the command line.
    if (!process.argv.includes('--stdio')) process.argv.push('--stdio');
    (await import('@camelc/server')).startServer();
  });

/** Which options of another command the command line gives to this one. */
const givenOf = (command: Command, { options }: Command): string[] =>
  options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli').map(({ long }) => long!);

/** Runs a verb: whatever it throws becomes a report and an exit code, never a stack trace. */
async function run(options: CommonOptions, action: (c: ReturnType<typeof createConsole>) => Promise<number>): Promise<void> {
  const c = createConsole(options);
  try {
    process.exitCode = await action(c);
  } catch (error) {
    const diagnostics = error instanceof DiagnosticError ? error.diagnostics : [diagnose('internal/fault', { what: describeFault(error, c) })];
    c.failure(diagnostics);
    process.exitCode = exitCodeOf(diagnostics);
  }
}

function describeFault(error: unknown, { redactor }: Pick<Console, 'redactor'>): string {
  if (process.env.CAMELC_DEBUG && error instanceof Error) process.stderr.write(`${redactor.redact(error.stack ?? '')}\n`);
  return error instanceof Error ? error.message.split('\n')[0]! : String(error);
}

/** As of `--out "$FOLDER"` without that variable. */
function refuseEmpty(value: string): void {
  if (value.trim() === '') throw new InvalidArgumentError('it is empty');
}

for (const command of [program, ...program.commands]) {
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  for (const option of command.options.filter(({ required }) => required)) {
    const { parseArg } = option;
    option.argParser((value: string, previous: unknown) => {
      refuseEmpty(value);
      return parseArg ? parseArg(value, previous) : value;
    });
  }
  for (const argument of command.registeredArguments.filter(({ variadic }) => variadic)) {
    argument.argParser((value: string, previous: string[] = []) => {
      refuseEmpty(value);
      return [...previous, value];
    });
  }
}

/** Runs the arguments of this process. Nothing above reads the process, as it may have been done before, for a start-up snapshot. */
export async function runCommandLine(): Promise<void> {
  // A reader that goes away, such as `head`, is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    createConsole({ format: 'text', color: true }).failure([diagnose('file/report', { why: why(error) })]);
    process.exitCode = 5;
  });
  // Where the errors themselves cannot be written, the exit code is all there is.
  process.stderr.on('error', () => undefined);
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) {
      const verbs = program.commands.map((command) => command.name());
      const called = process.argv.slice(2).find((word) => verbs.includes(word));
      const [, format] = /(?:^| )--format[ =](json)(?: |$)/.exec(process.argv.slice(2).join(' ')) ?? [];
      const color = !process.argv.includes('--no-color');
      createConsole({ format: format === 'json' ? 'json' : 'text', color }).failure([
        diagnose('usage/invalid', { message: describeMisuse(error, verbs, process.argv.slice(2)), verb: called }),
      ]);
      process.exitCode = 64;
    }
  }
}
