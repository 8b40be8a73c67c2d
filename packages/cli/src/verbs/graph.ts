import { buildTopology, topologyToDot, topologyToMermaid, topologyToSvg, type Topology } from '@camelc/deployment';
import { exitCodeOf, type Diagnostic } from '@camelc/diagnostics';
import { count, diagnosticToJson, loadApplication, openProject, toJson, writeFile } from '@camelc/project';
import type { Console } from '../console.js';
import { exitCodeOfSolved, solvePaths, type SolveOptions } from '../solving.js';

const renderers = { svg: topologyToSvg, mermaid: topologyToMermaid, dot: topologyToDot } as const;

interface Options extends SolveOptions {
  as: keyof typeof renderers;
  out?: string;
  /** Whether hosts and cost are shown. */
  solve?: boolean;
}

/** `camelc graph PATHS`: the topology of an application as a picture; with `--solve` where its components run and what that costs. */
export async function graph(paths: readonly string[], options: Options, c: Console): Promise<number> {
  const { topology, diagnostics, exit } = options.solve ? await solvedTopology(paths, options, c) : await modelTopology(paths, options, c);
  const picture = topology && renderers[options.as](topology);
  if (picture && options.out !== undefined) writeFile(options.out, picture);
  if (c.format === 'json') c.print(toJson({ ...topology, ...(options.out !== undefined && { file: options.out }), diagnostics: diagnostics.map(diagnosticToJson) }));
  else {
    c.problems(diagnostics);
    if (picture && options.out === undefined) c.print(picture);
    else if (topology) c.print(`${options.out}   ${count(topology.components.length, 'component')}, ${count(topology.communications.length, 'communication')}\n`);
  }
  return exit;
}

type Drawn = { topology?: Topology; diagnostics: Diagnostic[]; exit: number };

async function modelTopology(paths: readonly string[], options: Options, c: Console): Promise<Drawn> {
  const { application, diagnostics } = await loadApplication(openProject(paths, options, c).models, options.application);
  return { topology: buildTopology(application), diagnostics, exit: exitCodeOf(diagnostics) };
}

async function solvedTopology(paths: readonly string[], options: Options, c: Console): Promise<Drawn> {
  const solved = await solvePaths(paths, options, c);
  const { application, solution, candidatesById: candidates, diagnostics } = solved;
  return { ...(solution && { topology: buildTopology(application, { solution, candidates }) }), diagnostics, exit: exitCodeOfSolved(solved, options) };
}
