#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { stampOf } from './stamp.js';

const place = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const blob = place('../dist/snapshot/camelc.blob');

/** Whether to begin with the start-up snapshot: not where Node cannot (Windows), has options of its own or is not the one that made it, nor for an editor's server. */
function snapshotFits() {
  if (!process.execve || process.execArgv.length > 0 || process.env.NODE_OPTIONS || process.argv[2] === 'lsp') return false;
  try {
    return readFileSync(place('../dist/snapshot/camelc.stamp'), 'utf8') === stampOf(blob);
  } catch {
    return false;
  }
}

/** Ends the run before it has begun. */
function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(5);
}

// As package.json says, which not every way to start this looks at.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) fail(`camelc needs Node.js 22.12 or later, and ${process.execPath} is ${process.versions.node}`);

// The snapshot is read into fresh memory, which comes faster in large pages: so glibc is told to take them; others do not heed it.
const largePages = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' };
const withSnapshot = [process.execPath, '--snapshot-blob', blob, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
// The process becomes the other one, so that its signals, streams and exit code are those of the command line.
if (snapshotFits()) process.execve(process.execPath, withSnapshot, { ...largePages, ...process.env });
module.enableCompileCache?.();
try {
  await import('../dist/bundle/camelc.js');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  fail('this checkout of camelc is not built: run `npm ci` or `npm run build` in it');
}
