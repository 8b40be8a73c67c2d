// Bundles the command line, so that it starts fast: one file for what every run needs, and one for each verb and solver.
import { build } from 'esbuild';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSnapshot } from './snapshot.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// Outside of a language server Langium needs four small things of the whole protocol of editors.
const withoutProtocol = {
  name: 'without-protocol',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode-languageserver-protocol$/ }, ({ importer }) =>
      /langium.lib.(utils|workspace)/.test(importer) ? { path: 'protocol', namespace: 'without-protocol' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'without-protocol' }, () => ({
      resolveDir: root,
      contents: `
        export { Emitter } from './node_modules/vscode-jsonrpc/lib/common/events.js';
        export { CancellationToken, CancellationTokenSource } from './node_modules/vscode-jsonrpc/lib/common/cancellation.js';
        export { ResponseError } from './node_modules/vscode-jsonrpc/lib/common/messages.js';
        export const LSPErrorCodes = { ServerCancelled: -32802, RequestFailed: -32803 };`,
    }));
  },
};
// dockerode also builds images, over gRPC and from archives, and brings an SSH of its own: most of its time to load, and native modules that cannot be
// bundled. Nothing here builds images, and SSH is the one of the system. TLS, the most of the rest, is loaded only where it is used.
const withoutImageBuilds = {
  name: 'without-image-builds',
  setup({ onResolve, onLoad }) {
    const replace = (filter, importers, namespace, contents) => {
      onResolve({ filter }, ({ importer, path: name }) => (importers.test(importer) ? { path: name, namespace } : undefined));
      onLoad({ filter: /.*/, namespace }, () => ({ contents }));
    };
    replace(/^(\.\/session|\.\/buildkit|tar-fs|@balena\/dockerignore|ssh2)$/, /node_modules.(dockerode|docker-modem)./, 'without-image-builds', 'module.exports = {};');
    const lazily = "const https = () => process.getBuiltinModule('https'); module.exports = { request: (...a) => https().request(...a), get: (...a) => https().get(...a) };";
    replace(/^https$/, /node_modules.docker-modem./, 'tls-when-used', lazily);
  },
};
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  minify: true,
  legalComments: 'none',
  conditions: ['source'],
  // Some packages have a build for bundlers beside their CommonJS.
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  plugins: [withoutProtocol, withoutImageBuilds],
};
// Some dependencies are CommonJS and call `require`.
const banner = { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" };

const outdir = path.join(root, 'packages/cli/dist/bundle');
rmSync(outdir, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: { camelc: 'packages/cli/src/start.ts', 'milp-thread': 'packages/cli/src/milp-thread.ts', 'solving-worker': 'packages/server/src/solving-worker.ts' },
  outdir,
  splitting: true,
  format: 'esm',
  // Solvers stay packages of their own: glpk.js is GPL-3.0, and both find their WebAssembly beside themselves.
  external: ['glpk.js', 'highs'],
  banner,
});
await buildSnapshot({ root, folder: path.join(root, 'packages/cli/dist/snapshot'), options: common });

// The extension of VS Code: the client, and the server beside it. Nothing of an older build is packed.
const extensionOut = path.join(root, 'extension/dist');
for (const file of existsSync(extensionOut) ? readdirSync(extensionOut) : []) if (file.endsWith('js')) rmSync(path.join(extensionOut, file));
const extension = { ...common, entryPoints: ['extension/src/extension.ts'], outfile: 'extension/dist/extension.cjs', format: 'cjs', external: ['vscode'] };
await build(extension);
const server = { ...common, format: 'esm', banner };
await build({ ...server, entryPoints: ['packages/server/src/main.ts'], outfile: 'extension/dist/server.mjs' });
// Solvers of mixed integer programs are not packed: in an editor none is used. What would load them is a file of its own, which is never read.
await build({
  ...server,
  entryPoints: ['packages/server/src/solving-worker.ts'],
  outdir: extensionOut,
  splitting: true,
  chunkNames: 'solving-[hash]',
  external: ['glpk.js', 'highs'],
});
// The same in a browser, where the server is a web worker.
const inBrowser = { platform: 'browser', conditions: ['source', 'browser'] };
await build({ ...extension, ...inBrowser, entryPoints: ['extension/src/browser.ts'], outfile: 'extension/dist/browser.cjs' });
await build({ ...common, ...inBrowser, entryPoints: ['packages/server/src/browser.ts'], outfile: 'extension/dist/server-worker.js', format: 'iife' });
