import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrows, folderOf, testFile, testSupport } from './arrows.ts';
import { verdictOn } from './checks/dependency-arrows.ts';
import { binaryOf } from './checks/tools.ts';
import { runNode } from './process/run-command.ts';

const parts = Object.entries<readonly string[]>(arrows);

function sourcesOf(part: string): readonly string[] {
  const folder = join(folderOf(part), 'src');
  if (!existsSync(folder)) return [];
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  return paths.filter((path) => /\.(ts|tsx)$/.test(path) && !/\/(generated|paraglide)\//.test(path));
}

const isProduct = (path: string): boolean => !new RegExp(testFile).test(path) && !new RegExp(testSupport).test(path);

/** Everything between quotes after `from` or `import`, however it is wrapped. */
function importsIn(path: string): readonly string[] {
  const found = readFileSync(path, 'utf8').matchAll(/(?:^|\n|;)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\bimport\s*\(?\s*'([^']+)'/g);
  return [...found].map((match) => match[1] ?? match[2] ?? '');
}

describe('the sources', () => {
  test.each(parts)('of %s import only what their arrows allow', (part, allowed) => {
    const foreign = sourcesOf(part)
      .filter(isProduct)
      .flatMap((path) => importsIn(path).map((address) => ({ path, target: /^@multimodel\/([^/]+)/.exec(address)?.[1] })))
      .filter(({ target }) => target !== undefined && target !== part && !allowed.includes(target));
    expect(foreign).toEqual([]);
  });

  test.each(parts)('of %s reach no other folder by a path', (part) => {
    const outside = sourcesOf(part).flatMap((path) =>
      importsIn(path)
        .filter((address) => address.startsWith('.'))
        .map((address) => ({ path, target: relative(folderOf(part), join(dirname(path), address)) }))
        .filter(({ target }) => target.startsWith('..')),
    );
    expect(outside).toEqual([]);
  });

  test.each(parts)('of %s silence no check of the arrows', (part) => {
    const silencer =
      /(?:biome-ignore|(?:ox|es)lint-disable|depcruise|knip-ignore)[^\n]*(?:import|cycle|(?<!Exhaustive)depend|boundar|restricted)/i;
    expect(sourcesOf(part).filter((path) => silencer.test(readFileSync(path, 'utf8')))).toEqual([]);
  });

  test('are read by this test', () => {
    expect(sourcesOf('core').length).toBeGreaterThan(20);
    expect(sourcesOf('core').flatMap(importsIn).length).toBeGreaterThan(20);
  });
});

/** A workspace in small: a clean part each, then one planted fault after another. */
class MiniWorkspace {
  readonly #folder = mkdtempSync(join(tmpdir(), 'multimodel-arrows-'));

  constructor() {
    for (const file of ['.dependency-cruiser.mjs', 'scripts/arrows.ts']) cpSync(file, join(this.#folder, file));
    this.write('package.json', JSON.stringify({ type: 'module', devDependencies: { vitest: '1.0.0' } }));
    for (const name of ['zod', 'vitest', 'left-pad']) {
      this.write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }));
      this.write(`node_modules/${name}/index.js`, 'export const value = 1;');
    }
    for (const [part, allowed] of parts) this.#addPart(part, allowed);
  }

  #addPart(part: string, allowed: readonly string[]): void {
    const ours = allowed.map((name) => [`@multimodel/${name}`, '0.1.0']);
    const dependencies = { ...Object.fromEntries(ours), ...(part === 'core' ? {} : { zod: '1.0.0' }) };
    const manifest = { name: `@multimodel/${part}`, version: '0.1.0', type: 'module', exports: './src/index.ts', dependencies };
    this.write(`${folderOf(part)}/package.json`, JSON.stringify(manifest));
    this.write(`${folderOf(part)}/src/index.ts`, "export { name } from './name.ts';");
    this.write(`${folderOf(part)}/src/name.ts`, `export const name = '${part}';`);
    const link = join(this.#folder, 'node_modules/@multimodel', part);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(this.#folder, folderOf(part)), link);
  }

  write(path: string, text: string): void {
    const target = join(this.#folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${text}\n`);
  }

  /** What the real configuration says, as `rule: file`. */
  async violations(): Promise<readonly string[]> {
    const program = resolve(binaryOf('dependency-cruiser', 'dependency-cruiser'));
    const args = [program, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'packages', 'apps'];
    const { output } = await runNode(args, { cwd: this.#folder });
    const report = JSON.parse(output) as { modules: unknown[]; summary: { violations: { rule: { name: string }; from: string }[] } };
    expect(report.modules.length).toBeGreaterThan(parts.length);
    return report.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const uses = (address: string): string => `export { value } from '${address}';`;
const usesName = (address: string): string => `export { name } from '${address}';`;

/** Each file, what it holds, and the rules that must catch it. An undeclared workspace is no door either; a cycle is told once. */
const planted: readonly (readonly [path: string, text: string, ...rules: string[]])[] = [
  ['packages/core/src/to-storage.ts', usesName('@multimodel/storage'), 'arrow-core', 'declared-in-packages-core', 'through-the-door'],
  ['packages/core/src/to-node.ts', "export { readFileSync } from 'node:fs';", 'no-node-modules-here'],
  ['packages/core/src/to-package.ts', uses('zod'), 'core-needs-no-package', 'declared-dependencies-only'],
  ['packages/core/src/cycle-one.ts', "export { two } from './cycle-two.ts';\nexport const one = 1;", 'no-circular'],
  ['packages/core/src/cycle-two.ts', "export { one } from './cycle-one.ts';\nexport const two = 2;"],
  ['packages/core/src/orphan.ts', 'export const nobody = 1;', 'no-orphans'],
  ['packages/contract/src/to-core.ts', usesName('@multimodel/core'), 'arrow-contract', 'declared-in-packages-contract', 'through-the-door'],
  ['packages/client/src/to-node.ts', "export { connect } from 'node:net';", 'no-node-modules-here'],
  ['apps/web/src/to-server.ts', usesName('@multimodel/server'), 'arrow-web', 'declared-in-apps-web', 'through-the-door'],
  ['apps/web/src/to-node.ts', "export { hostname } from 'node:os';", 'web-runs-in-a-browser'],
  ['packages/providers/src/yandexgpt/to-gigachat.ts', "export { plugin } from '../gigachat/plugin.ts';", 'provider-folders-are-apart'],
  ['packages/providers/src/yandexgpt/to-shared.ts', "export { plugin } from '../shared/plugin.ts';"],
  ['packages/providers/src/gigachat/plugin.ts', "export { name as plugin } from '../name.ts';"],
  ['packages/providers/src/shared/plugin.ts', "export { name as plugin } from '../name.ts';"],
  ['packages/server/src/undeclared.ts', uses('left-pad'), 'declared-dependencies-only'],
  [
    'packages/server/src/to-simulators.ts',
    usesName('@multimodel/simulators'),
    'simulators-only-in-tests',
    'declared-in-packages-server',
    'through-the-door',
  ],
  ['packages/server/src/by-path.ts', usesName('../../core/src/name.ts'), 'through-the-door'],
  ['packages/server/src/to-test-tool.ts', uses('vitest'), 'no-test-tools-in-sources'],
  ['packages/server/src/to-fake.ts', "export { name } from './test-name.ts';", 'no-test-support-in-sources'],
  ['packages/server/src/test-name.ts', "export { name } from './name.ts';"],
  ['packages/server/src/missing.ts', uses('./not-there.ts'), 'resolvable'],
  ['packages/server/src/tool.test.ts', uses('vitest')],
];

describe('the dependency check', () => {
  let workspace: MiniWorkspace;
  beforeAll(() => {
    workspace = new MiniWorkspace();
  });
  afterAll(() => workspace.remove());

  test('is content with a clean workspace', async () => {
    expect(await workspace.violations()).toEqual([]);
  });

  test('catches every planted fault, and nothing else', async () => {
    for (const [path, text] of planted) workspace.write(path, text);
    const expected = planted.flatMap(([path, , ...rules]) => rules.map((rule) => `${rule}: ${path}`));
    expect(await workspace.violations()).toEqual(expected.sort());
  });

  test('fails when it could read nothing', () => {
    const summary = { violations: [], error: 0, warn: 0, info: 0, totalCruised: 0, optionsUsed: {} };
    expect(verdictOn({ modules: [], summary } as never, 1).state).toBe('failed');
  });
});
