// Milliseconds that the first solve of a process takes: node first-solve.mjs MODEL CANDIDATES
import { readFileSync } from 'node:fs';
import { solve } from '@camelc/solver';
import { pose } from './pose.mjs';

const [model, candidates] = process.argv.slice(2);
const problem = await pose(readFileSync(model, 'utf8'), candidates);
const start = performance.now();
await solve(problem, { milp: 'glpk' });
console.log(performance.now() - start);
