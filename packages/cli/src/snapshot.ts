/**
 * The start-up snapshot: V8's heap after the modules are evaluated, the parser's tables are built, and a model has once gone all the way
 * to its files, and one of shared placement to its solution, so that what a run needs is compiled. A run begins from there. scripts/snapshot.mjs
 * builds it, and names as arguments the folder of the one, the file of the other, and a folder to write to.
 */
import { startupSnapshot } from 'node:v8';
import { loadModels } from '@camelc/language';
import { runCommandLine } from './camelc.js';
import { createConsole } from './console.js';
import { candidates } from './verbs/candidates.js';
import { check } from './verbs/check.js';
import { compile } from './verbs/compile.js';
import { explain } from './verbs/explain.js';
import './verbs/problem.js';
import { solve } from './verbs/solve.js';

async function warm(models: string, shared: string, out: string): Promise<void> {
  const nowhere = { write: () => true };
  const c = createConsole({ format: 'text', color: false }, nowhere, nowhere);
  const paths = [models];
  await check(paths, c);
  await candidates(paths, { currency: 'EUR' }, c);
  await compile(paths, { currency: 'EUR', target: 'swarm', out, milp: 'glpk', publishMode: 'ingress', endpointMode: 'vip' }, c);
  await solve([shared], { currency: 'EUR', milp: 'glpk' }, c);
  await explain('syntax/unexpected', c);
  // The parser holds on to what it read last.
  await loadModels([{ path: '', text: '' }]);
}

const [, , models, shared, out] = process.argv;
void warm(models!, shared!, out!);
startupSnapshot.setDeserializeMainFunction(() => {
  // What the launcher asks for is for this process, and not for those that it starts.
  if (process.env['GLIBC_TUNABLES'] === 'glibc.malloc.hugetlb=1') delete process.env['GLIBC_TUNABLES'];
  void runCommandLine();
});
