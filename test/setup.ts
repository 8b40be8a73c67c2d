/** Property tests draw the same cases on every machine, so that the gate is the same for all; another seed: `FC_SEED=… npx vitest run`. */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261121) });
