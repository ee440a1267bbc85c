import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { mmc } from '../testing/test-server.ts';

const timeout = 60_000;
const examples = join(import.meta.dirname, '../../../../examples');
let cwd: string;

beforeEach(async () => {
  cwd = await realpath(await mkdtemp(join(tmpdir(), 'mmc-plugin-')));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

describe('mmc plugin', { timeout }, () => {
  test('new writes a plugin that passes the kit where it lies', async () => {
    const path = join(cwd, 'acme-ai.ts');
    expect(await mmc(['plugin', 'new', 'acme-ai'], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining(path) });
    const source = await readFile(path, 'utf8');
    expect(source).toMatch(/class AcmeAiChatModel[\s\S]*id: 'acme-ai',\n {2}displayName: 'Acme Ai'[\s\S]*ACME_AI_API_KEY/);
    expect(source).not.toMatch(/hello/i);
    const { code, stdout } = await mmc(['plugin', 'test', './acme-ai.ts'], { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^Acme Ai \(acme-ai\)\n(✓ .+\n){27}27 passed, 0 failed\n$/),
    });
    expect(await mmc(['plugin', 'new', 'acme-ai'], { cwd })).toMatchObject({
      code: 65,
      stderr: expect.stringContaining('is there already'),
    });
    expect(await readFile(path, 'utf8')).toBe(source);
  });

  test('test says which case failed and why, in JSON too', async () => {
    const source = await readFile(join(examples, 'plugin-hello', 'hello.ts'), 'utf8');
    await writeFile(join(cwd, 'bad.ts'), source.replace("if (isStopped) yield { type: 'finish'", "yield { type: 'finish'"));
    const { code, stdout } = await mmc(['plugin', 'test', './bad.ts', '--json'], { cwd });
    expect(code).toBe(1);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const failed = lines.filter(({ passed }) => passed === false);
    expect(failed.map(({ name }) => name)).toContain('an answer that is cut (clean-eof) is an error, never a finish');
    expect(failed[0].reason).toContain('The stream ended without an error');
    expect(lines.at(-1)).toEqual({ type: 'summary', passed: 27 - failed.length, failed: failed.length });
  });

  test.each([
    [['plugin', 'test', './nowhere.ts'], 65, 'There is no such file'],
    [['plugin', 'test', './without.ts'], 65, 'It has no `conformance` export'],
    [['plugin', 'new', 'Acme AI'], 65, '"Acme AI" cannot be the id of a plugin'],
    [['plugin', 'remove', 'acme'], 2, 'There is no "remove" for plugins. There is: new, test.'],
  ])('%j is told what is wrong', async (args, code, message) => {
    const source = await readFile(join(examples, 'plugin-hello', 'hello.ts'), 'utf8');
    await writeFile(join(cwd, 'without.ts'), source.replace('export const conformance', 'const _conformance'));
    expect(await mmc(args, { cwd })).toEqual({ code, stdout: '', stderr: expect.stringContaining(message) });
  });

  test('the example of a remote provider speaks the protocol, and its token is asked for', async () => {
    const env = { PATH: process.env['PATH'], PORT: '0', TOKEN: 'a-token-of-the-test' };
    const service = spawn(process.execPath, [join(examples, 'remote-provider', 'server.mjs')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void service.kill());
    const [line] = await once(service.stdout, 'data');
    const url = /http\S+/.exec(String(line))?.[0] ?? '';
    const { code, stdout } = await mmc(['plugin', 'test', url, '--token', 'a-token-of-the-test']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^(✓ .+\n){8}8 passed, 0 failed\n$/) });
    const refused = await mmc(['plugin', 'test', url], { env: { MMC_LANG: 'ru' } });
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringMatching(/✗ the manifest[\s\S]*прошло 0, не прошло 2/) });
  });
});
