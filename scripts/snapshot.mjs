// Builds the start-up snapshot of the command line for the Node that runs this script: packages/cli/bin/camelc.js starts from it where it fits.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stampOf } from '../packages/cli/bin/stamp.js';

// A snapshot knows the modules of Node alone. The others, the solvers, are asked of a `require` at the launcher's place.
// Of a module with a default export esbuild expects that alone, as of CommonJS.
const require = `{
  const builtIn = require;
  require = (id) => {
    if (builtIn('node:module').isBuiltin(id)) return builtIn(id);
    const loaded = builtIn('node:module').createRequire(process.argv[1])(id);
    return builtIn('node:util').types.isModuleNamespaceObject(loaded) ? loaded.default : loaded;
  };
}`;

/** Keeps the text of the library out of the script: all of the script stays in the snapshot. */
const libraryFromFile = (json) => ({
  name: 'library-from-file',
  setup({ onLoad }) {
    onLoad({ filter: /generated.library\.ts$/ }, ({ path: file }) => {
      const [, literal] = readFileSync(file, 'utf8').match(/JSON\.parse\((".*")\)/);
      writeFileSync(json, JSON.parse(literal));
      return { contents: `import { readFileSync } from 'node:fs'; export const libraryFiles = JSON.parse(readFileSync(${JSON.stringify(json)}, 'utf8'));` };
    });
  },
});

/** Writes camelc.blob and its stamp into the folder. A platform that cannot make one goes without: the command line runs from its bundle, slower. */
export async function buildSnapshot({ root, folder, options }) {
  rmSync(folder, { recursive: true, force: true });
  if (!process.execve) return;
  const cache = path.join(root, 'node_modules/.cache/camelc');
  mkdirSync(cache, { recursive: true });
  mkdirSync(folder, { recursive: true });
  const script = path.join(cache, 'snapshot.cjs');
  await build({
    ...options,
    entryPoints: ['packages/cli/src/snapshot.ts'],
    outfile: script,
    format: 'cjs',
    external: ['glpk.js', 'highs', '@camelc/server'],
    supported: { 'dynamic-import': false },
    banner: { js: require },
    plugins: [...options.plugins, libraryFromFile(path.join(cache, 'library.json'))],
  });
  // One character beyond Latin-1, which esbuild leaves in regular expressions, and V8 keeps two bytes for each of the script.
  writeFileSync(
    script,
    readFileSync(script, 'utf8').replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
  const blob = path.join(folder, 'camelc.blob');
  const run = spawnSync(
    process.execPath,
    [
      '--snapshot-blob',
      blob,
      '--build-snapshot',
      script,
      path.join(root, 'examples/smartwe'),
      path.join(root, 'examples/benchmarks/wordpress-3.camel'),
      path.join(cache, 'deploy'),
    ],
    {
      encoding: 'utf8',
    },
  );
  if (run.status !== 0) {
    rmSync(folder, { recursive: true });
    console.warn(`no start-up snapshot, so camelc starts slower: ${run.stderr.trim()}`);
    return;
  }
  writeFileSync(path.join(folder, 'camelc.stamp'), stampOf(blob));
}
