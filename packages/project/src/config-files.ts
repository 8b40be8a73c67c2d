import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReadConfig } from '@camelc/deployment';
import { why } from './files.js';

/** Reads the configuration files of components, byte for byte. */
export const readConfig: ReadConfig = (path, namedIn) => {
  try {
    const file = join(dirname(namedIn), path);
    const bytes = readFileSync(file);
    const isText = bytes.equals(Buffer.from(bytes.toString('utf8'), 'utf8'));
    return {
      id: realpathSync(file),
      content: bytes.toString(isText ? 'utf8' : 'base64'),
      encoding: isText ? 'utf8' : 'base64',
      size: bytes.length,
      hash: createHash('sha256').update(bytes).digest('hex'),
    };
  } catch (error) {
    return `cannot be read: ${why(error)}`;
  }
};
