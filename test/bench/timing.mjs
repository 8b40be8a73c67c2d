// What the benchmarks measure with.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** One measurement shall not pay for the garbage of the one before. */
setFlagsFromString('--expose-gc');
export const collectGarbage = runInNewContext('gc');

/** Processor time of this thread in milliseconds: what else runs on the machine does not count. */
export const processor = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** npm sets no options of Node's; those of a user's shell would be measured too. */
export const env = { ...process.env, NODE_OPTIONS: '' };
