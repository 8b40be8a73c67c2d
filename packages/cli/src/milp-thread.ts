/** The thread of a mixed integer solver; see background-milp.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadMilp, type MilpName } from '@camelc/solver';
import type { MilpRequest } from './background-milp.js';

const milp = await loadMilp(workerData as MilpName);
parentPort!.on('message', ({ model, seconds }: MilpRequest) => void milp.solve(model, seconds).then((answer) => parentPort!.postMessage(answer)));
