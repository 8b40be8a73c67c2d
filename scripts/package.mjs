// Packs the extension as one file, extension/dist/camel.vsix, and keeps it small. Run after a build: npm run package
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const tools = path.join(root, 'test/vscode');
const extension = path.join(root, 'extension');
const vsix = path.join(extension, 'dist/camel.vsix');
const limit = 3 * 1024 * 1024;

/** Node 24 comes first, as the packer and the editor of the tests need it; what an npm on another Node says of itself would tell them that one's version. */
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
const env = { ...inherited, PATH: [path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter) };
function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(path.join(tools, 'node_modules/@vscode/vsce'))) run('npm', ['ci', '--no-audit', '--no-fund'], tools);
copyFileSync(path.join(root, 'LICENSE'), path.join(extension, 'LICENSE'));
copyFileSync(path.join(root, 'CHANGELOG.md'), path.join(extension, 'CHANGELOG.md'));
mkdirSync(path.join(extension, 'schemas'), { recursive: true });
copyFileSync(path.join(root, 'packages/project/schema/camelc.config.schema.json'), path.join(extension, 'schemas/camelc.config.schema.json'));
run(path.join(tools, 'node_modules/.bin/vsce'), ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix], extension);
const { size } = statSync(vsix);
console.log(`${path.relative(root, vsix)}: ${(size / 1024 / 1024).toFixed(2)} MB`);
if (size > limit) {
  console.error(`the packed extension is larger than ${limit / 1024 / 1024} MB`);
  process.exit(1);
}
