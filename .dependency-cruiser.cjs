/** The import rule: imports point down the list of packages only. See docs/architecture.md. */
const order = ['diagnostics', 'language', 'application', 'candidates', 'problem', 'solver', 'deployment', 'plan', 'targets/[^/]+', 'project', 'server', 'cli'];
const folder = (name) => `^packages/${name}/`;

/** A package may import those before it in the list, and itself. */
const downOnly = order.map((name, i) => ({
  name: `${name.split('/')[0]}-imports-down-only`,
  severity: 'error',
  from: { path: folder(name) },
  to: { path: order.slice(i + 1).map(folder).join('|') || '^$' },
}));

module.exports = {
  forbidden: [
    ...downOnly,
    {
      name: 'language-knows-none-of-the-others',
      severity: 'error',
      from: { path: '^packages/language/' },
      to: { path: '^packages/(?!language/|diagnostics/)' },
    },
    {
      name: 'no-langium-or-editor-below-the-application',
      comment: 'Not even through a type: they read the application from its model alone.',
      severity: 'error',
      from: { path: '^packages/(candidates|problem|solver|deployment|plan|targets)/' },
      to: { path: 'node_modules/(langium|chevrotain|vscode-)|^packages/(language|server|cli)/', reachable: true },
    },
    {
      name: 'no-target-above-targets',
      severity: 'error',
      from: { path: '^packages/(candidates|problem|solver|deployment|plan)/' },
      to: { path: '^packages/targets/' },
    },
    {
      name: 'only-project-cli-server-and-targets-touch-files-network-or-clock',
      severity: 'error',
      from: { path: '^packages/(diagnostics|language|application|candidates|problem|solver|deployment|plan)/src/' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(dist|generated|test|scripts)/' },
    tsPreCompilationDeps: true,
    // TypeScript 7 has no JavaScript interface; swc reads the same files.
    parser: 'swc',
    // Packages see each other's sources, as they would their builds.
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'default', 'types'] },
  },
};
