import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'multimodel-child-'));
const root = process.cwd();
afterAll(() => rmSync(folder, { recursive: true }));

/** Prints each signal that reaches it; ends a moment after the first, so that a second would be seen. */
const counter = `
let timer;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
  console.log(signal);
  timer ??= setTimeout(() => { console.log('end'); process.exit(7); }, 300);
});
setInterval(() => undefined, 1000);
console.log('ready ' + process.pid);`;

/** A launcher in small that runs one program, in a process group of its own. */
function launch(program: string): { readonly launcher: ChildProcess; readonly output: () => string; until(text: string): Promise<void> } {
  const file = join(folder, `${Math.random()}.mjs`);
  writeFileSync(file, program);
  const code = `import { runChildren } from ${JSON.stringify(join(root, 'scripts/launcher/run-child.mjs'))};
    const node = { path: process.execPath, major: 24, env: {} };
    process.exitCode = await runChildren({ root: ${JSON.stringify(root)}, node }, [{ args: [${JSON.stringify(file)}] }]);`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', code], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  launcher.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const until = async (text: string): Promise<void> => {
    while (!output.includes(text)) await once(launcher.stdout, 'data');
  };
  return { launcher, output: () => output, until };
}

const afterReady = (output: string): string[] => output.trim().split('\n').slice(1);

test('the exit code comes through', async () => {
  const { launcher } = launch('process.exitCode = 5;');
  const [code] = await once(launcher, 'close');
  expect(code).toBe(5);
});

test('a signal to the launcher alone reaches the program once', async () => {
  const { launcher, output, until } = launch(counter);
  await until('ready');
  launcher.kill('SIGTERM');
  const [code] = await once(launcher, 'close');
  expect(afterReady(output())).toEqual(['SIGTERM', 'end']);
  expect(code).toBe(7);
});

test('a signal to the whole family reaches the program once', async () => {
  const { launcher, output, until } = launch(counter);
  await until('ready');
  process.kill(-(launcher.pid ?? 0), 'SIGINT');
  await once(launcher, 'close');
  expect(afterReady(output())).toEqual(['SIGINT', 'end']);
});

test('a launcher that is killed outright leaves nobody behind', async () => {
  const { launcher, output, until } = launch(counter);
  await until('ready');
  launcher.kill('SIGKILL');
  // The program holds the pipe: it closes when the program, too, is gone.
  await once(launcher, 'close');
  expect(afterReady(output())).toEqual(['SIGTERM', 'end']);
});

test('a program without handlers of its own dies of the signal', async () => {
  const { launcher, until } = launch("setInterval(() => undefined, 1000); console.log('ready');");
  await until('ready');
  launcher.kill('SIGTERM');
  const [code] = await once(launcher, 'close');
  expect(code).toBe(143);
});
