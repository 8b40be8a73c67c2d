import { runCommandLine } from './camelc.js';

await runCommandLine();
