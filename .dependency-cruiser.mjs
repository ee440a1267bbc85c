import { existsSync, readFileSync } from 'node:fs';
import { arrows, folderOf, hostFreeParts, testFile, testSupport } from './scripts/arrows.ts';

const builtIn = ['core'];
const fromNpm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];
const anyPart = '^(packages|apps)/';
const notItself = (folder) => `^${folder}/`;

/** One rule a part: everything of ours that it may not import. Tests may also start simulators. */
const layers = Object.entries(arrows).map(([part, allowed]) => ({
  name: `arrow-${part}`,
  comment: `${part} imports only: ${allowed.join(', ') || 'nothing of ours'} (scripts/arrows.ts)`,
  severity: 'error',
  from: { path: notItself(folderOf(part)) },
  to: { path: anyPart, pathNot: [part, ...allowed, 'simulators'].map((name) => notItself(folderOf(name))) },
}));

/** Hoisting makes every workspace importable; only the importer's own package.json says what it may take. */
const declared = [...Object.keys(arrows).map(folderOf), 'e2e', 'bench']
  .filter((folder) => existsSync(`${folder}/package.json`))
  .map((folder) => {
    const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies });
    const parts = names.filter((name) => name.startsWith('@multimodel/')).map((name) => name.slice('@multimodel/'.length));
    return {
      name: `declared-in-${folder.replace('/', '-')}`,
      comment: `add the workspace to the dependencies of ${folder}/package.json, or do without it`,
      severity: 'error',
      from: { path: notItself(folder) },
      to: { path: anyPart, pathNot: [notItself(folder), ...parts.map((part) => notItself(folderOf(part)))] },
    };
  });

export default {
  forbidden: [
    ...layers,
    ...declared,
    {
      name: 'through-the-door',
      comment: 'another workspace is imported by its name, never by a path into its folder',
      severity: 'error',
      from: { path: '^(packages|apps)/([^/]+)/' },
      to: { path: anyPart, pathNot: '^$1/$2/', dependencyTypesNot: ['aliased-workspace'] },
    },
    {
      name: 'through-the-door-from-outside',
      severity: 'error',
      from: { path: '^(e2e|bench)/' },
      to: { path: anyPart, dependencyTypesNot: ['aliased-workspace'] },
    },
    {
      name: 'no-test-support-in-sources',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: [testFile, testSupport] },
      to: { path: testSupport },
    },
    {
      name: 'simulators-only-in-tests',
      comment: 'a product must not carry its test doubles',
      severity: 'error',
      from: { path: anyPart, pathNot: ['^packages/simulators/', testFile, testSupport] },
      to: { path: '^packages/simulators/' },
    },
    {
      name: 'provider-folders-are-apart',
      comment: 'a provider knows only the SDK, so that one can be removed or copied out; common code is in shared/',
      severity: 'error',
      from: { path: '^packages/providers/src/([^/]+)/' },
      to: { path: '^packages/providers/src/[^/]+/', pathNot: ['^packages/providers/src/$1/', '^packages/providers/src/shared/'] },
    },
    {
      name: 'core-needs-no-package',
      comment: 'the domain depends on the language alone',
      severity: 'error',
      from: { path: '^packages/core/', pathNot: [testFile, testSupport] },
      to: { dependencyTypes: fromNpm, pathNot: anyPart },
    },
    {
      name: 'no-node-modules-here',
      comment: `${hostFreeParts.join(', ')} do no I/O of their own`,
      severity: 'error',
      from: { path: hostFreeParts.map((part) => notItself(folderOf(part))), pathNot: [testFile, testSupport] },
      to: { dependencyTypes: builtIn },
    },
    {
      name: 'web-runs-in-a-browser',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: [testFile, testSupport] },
      to: { dependencyTypes: builtIn },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [String.raw`\.d\.ts$`, String.raw`\.config\.(ts|mjs)$`, '^packages/storage/prisma/', '^apps/web/public/', testFile],
      },
      to: {},
    },
    {
      name: 'declared-dependencies-only',
      comment: "hoisting hides a missing entry in the importer's own package.json",
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-test-tools-in-sources',
      comment: 'a production install has no development dependency',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/', pathNot: [testFile, testSupport] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: String.raw`^\./paraglide/|/paraglide/` } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '^packages/storage/src/generated/', '^apps/web/src/paraglide/'] },
    combinedDependencies: true,
    detectJSDocImports: false,
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.d.ts', '.js', '.mjs', '.json', '.css'],
    },
    reporterOptions: { text: { highlightFocused: false } },
  },
};
