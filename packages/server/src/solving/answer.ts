/** Answers jobs, in the thread that solves. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { applyIgnores, DiagnosticError, shownOf, type Diagnostic } from '@camelc/diagnostics';
import { buildTopology, topologyToSvg } from '@camelc/deployment';
import {
  checkModels,
  checkSettings,
  findSettings,
  ignoring,
  loadApplication,
  toJson,
  withSettings,
  writeFolder,
  type ModelTexts,
  type ProblemOptions,
  type Reading,
} from '@camelc/project';
import { deploySolution } from '@camelc/project/deploying';
import { filterCandidates, fixesOf, poseProblem, readCandidateLists, readMetrics, solveProblem, type Filtered, type Posed, type Solved } from '@camelc/project/solving';
import { exportProblem, type Milp } from '@camelc/solver';
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { CheckResult, CompileParams, CompileResult, ProblemParams, ProblemResult, SolveResult, TopologyResult } from '../protocol.js';
import type { Background, Input, Job, ResultOf } from './jobs.js';
import { unmeasured } from './lens.js';
import { candidatesResult, problemsOf, solveResult } from './results.js';

/** How the thread that solves lets itself be interrupted. */
export interface Pacing {
  interrupted: () => boolean;
  breathe: () => Promise<void>;
}

const defaultTimeLimit = 10;

/** The solver proves without a mixed integer solver, which would only propose; so an editor need not carry one. */
const noMilp: Milp = { solve: async () => ({ status: 'unknown' }) };

/**
 * Answers a job. What is wrong with models and files is part of the answer.
 * @param partial told what is known before the answer is
 */
export async function answer(job: Job, pacing: Pacing, partial: (known: Background) => void): Promise<ResultOf<Job['method']>> {
  const run = new Run(job.input, pacing);
  switch (job.method) {
    case 'camelc/check':
      return run.check();
    case 'camelc/candidates':
      return run.diagnosed(async () => candidatesResult(await run.filter()));
    case 'camelc/problem':
      return run.diagnosed(async () => problem(await run.pose(), job.params));
    case 'camelc/solve':
      return run.diagnosed(async () => solveResult(await run.solve()));
    case 'camelc/compile':
      return run.diagnosed(async () => run.compile(job.params));
    case 'camelc/topology':
      return run.diagnosed(async () => topology(await run.solve()));
    case 'background': {
      const candidates = await run.diagnosed(async () => candidatesResult(await run.filter()));
      if (!candidates.components) return { candidates };
      partial({ candidates });
      return { candidates, solution: withoutMeasurements(await run.diagnosed(async () => solveResult(await run.solve()))) };
    }
  }
}

/** One run over the models of a job. Each step is done once. */
class Run {
  private readonly reading: Reading;
  private readonly paths: string[];
  private filtered?: Promise<Filtered>;

  constructor(
    private readonly input: Input,
    private readonly pacing: Pacing,
  ) {
    this.reading = { sources: new Map(input.files.map(({ path, text }) => [path, text])) };
    this.paths = input.folder === undefined ? [] : [input.folder];
  }

  /** What a step gives, or what was in its way. */
  async diagnosed<T>(step: () => Promise<T & { diagnostics: readonly Diagnostic[] }>): Promise<T & { problems: ReturnType<typeof problemsOf> }> {
    try {
      const { diagnostics, ...result } = await step();
      return { ...(result as unknown as T), problems: this.problems(diagnostics) };
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      return { problems: this.problems(error.diagnostics) } as T & { problems: ReturnType<typeof problemsOf> };
    }
  }

  /** Without what comments in the models keep back. What is wrong with such a comment is among the diagnostics of the models already. */
  private problems(diagnostics: readonly Diagnostic[]): ReturnType<typeof problemsOf> {
    const marked = applyIgnores(diagnostics, this.input.files, () => false).slice(0, diagnostics.length);
    return problemsOf(shownOf(marked), this.input);
  }

  private settings(find = findSettings): ReturnType<typeof findSettings> {
    return find(this.paths, this.reading, this.input.top ?? this.input.folder);
  }
  private models({ settings, diagnostics } = this.settings()): ModelTexts {
    const isIgnored = ignoring(settings);
    return { files: this.input.files.filter(({ path, beside }) => !beside || !isIgnored(path)), diagnostics, severities: settings?.severities };
  }
  private options(): ProblemOptions & { timeLimit?: number } {
    return withSettings({ timeLimit: this.input.timeLimit }, this.settings().settings);
  }

  async check(): Promise<CheckResult> {
    const checked = await this.diagnosed(async () => {
      const models = this.models(this.settings(checkSettings));
      return { files: models.files.length, diagnostics: await checkModels(models) };
    });
    return { ...checked, files: checked.files ?? 0 };
  }

  filter(): Promise<Filtered> {
    return (this.filtered ??= (async () => {
      const loaded = await loadApplication(this.models(), this.input.application);
      return filterCandidates(loaded, readCandidateLists(this.paths, this.options(), this.reading));
    })());
  }

  async pose(): Promise<Posed> {
    const metrics = readMetrics(this.paths, this.options(), this.reading);
    return poseProblem(await this.filter(), { metrics });
  }

  async solve(): Promise<Solved> {
    const { timeLimit = defaultTimeLimit } = this.options();
    const searching = { milp: 'glpk' as const, loadMilp: async () => noMilp, timeLimit, now: () => performance.now(), ...this.pacing };
    const solved = await solveProblem(await this.pose(), searching);
    const { whyNot, application, diagnostics } = solved;
    const fixes = whyNot ? fixesOf(whyNot.suggestions, application, this.reading.sources) : [];
    // What would help stands with the last of the conflicts.
    const last = diagnostics.findLastIndex((d) => d.code === 'solver/infeasible' || d.code === 'solver/no-candidate');
    return fixes.length === 0 ? solved : { ...solved, diagnostics: diagnostics.map((d, i) => (i === last ? { ...d, fixes } : d)) };
  }

  async compile({ out, variables }: CompileParams): Promise<Omit<CompileResult, 'problems'> & { diagnostics: readonly Diagnostic[] }> {
    const { solution, ...solved } = await this.solve();
    if (!solution) return { diagnostics: solved.diagnostics };
    const options = { target: 'swarm', variables: { ...process.env, ...variables }, publishMode: 'ingress', endpointMode: 'vip' } as const;
    const { files, diagnostics } = deploySolution(this.paths, { ...solved, solution }, options, this.reading);
    const folder = fileURLToPath(out);
    writeFolder(folder, files);
    return { files: files.map((file) => pathToFileURL(join(folder, file.path)).href), diagnostics };
  }
}

/** That a value is not measured yet is no fault of a model, which stays unsolved. */
const withoutMeasurements = (result: SolveResult): SolveResult => ({
  ...result,
  problems: result.problems.map(({ uri, diagnostics }) => ({
    uri,
    diagnostics: diagnostics.map((d) => (d.code === unmeasured ? { ...d, severity: DiagnosticSeverity.Information } : d)),
  })),
});

function problem(posed: Posed, { as }: ProblemParams): Omit<ProblemResult, 'problems'> & { diagnostics: readonly Diagnostic[] } {
  if (as === 'json') return { text: toJson(posed.problem), diagnostics: posed.diagnostics };
  const { text, diagnostics } = exportProblem(posed.problem, as);
  return { text, diagnostics: [...posed.diagnostics, ...diagnostics] };
}

function topology({ application, solution, candidatesById, diagnostics }: Solved): Omit<TopologyResult, 'problems'> & { diagnostics: readonly Diagnostic[] } {
  const topology = buildTopology(application, solution && { solution, candidates: candidatesById });
  return { topology, svg: topologyToSvg(topology), diagnostics };
}
