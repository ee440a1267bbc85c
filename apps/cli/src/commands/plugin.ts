import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { pluginTemplate } from '../processes/entries.ts';
import { runEntry } from '../processes/run-entry.ts';
import { toSafeLine } from '../terminal/safe-text.ts';

export interface PluginOptions {
  readonly token?: string | undefined;
  readonly json?: boolean | undefined;
}

/** `new <name>` writes a plugin to begin with, `test <module or address>` tries one. */
export async function plugin(context: Context, [action, target]: readonly [string, string], options: PluginOptions): Promise<number> {
  switch (action) {
    case 'new':
      return writePlugin(context, target, options);
    case 'test':
      return testPlugin(context, target, options);
    default:
      throw new CliError('usage', context.texts.say('badPluginAction', { value: action }));
  }
}

async function writePlugin({ texts, stdout }: Context, id: string, { json = false }: PluginOptions): Promise<ExitCode> {
  if (!/^[a-z][a-z0-9-]*$/.test(id)) throw new CliError('badInput', texts.say('badPluginName', { value: id }));
  const name = id.split('-').map(capitalised).join(' ');
  const template = await readFile(pluginTemplate, 'utf8');
  const source = template
    .replaceAll('HELLO_', `${id.toUpperCase().replaceAll('-', '_')}_`)
    .replaceAll('HelloChatModel', `${name.replaceAll(' ', '')}ChatModel`)
    .replaceAll("'hello'", `'${id}'`)
    .replaceAll("'Hello'", `'${name}'`);
  const path = resolve(`${id}.ts`);
  try {
    await writeFile(path, source, { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new CliError('badInput', texts.say('pluginExists', { path }));
    throw new CliError('failed', texts.say('pluginNotWritten', { path, message: error instanceof Error ? error.message : String(error) }));
  }
  stdout.write(json ? `${JSON.stringify({ id, path })}\n` : `${texts.say('pluginWritten', { path, id })}\n`);
  return exitCodes.ok;
}

const capitalised = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

interface Line {
  readonly type?: unknown;
  readonly [member: string]: unknown;
}

/** The kit runs as a program of its own: a plugin may do what it likes to its process. */
async function testPlugin(context: Context, target: string, { token, json = false }: PluginOptions): Promise<number> {
  const args = token === undefined ? [target] : [target, '--token', token];
  const run = { entry: 'conformance', args, env: context.env } as const;
  if (json) return runEntry(run);
  let rest = '';
  return runEntry(run, (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) show(context, readLine(line));
  });
}

function show({ texts, styles, notices, stdout, stderr }: Context, line: Line): void {
  const text = (name: string): string => toSafeLine(textOf(line[name]));
  switch (line.type) {
    case 'plugin':
      stdout.write(`${text('displayName')} (${text('id')})\n`);
      return;
    case 'case':
      stdout.write(`${line['passed'] === true ? styles.good('✓') : styles.error('✗')} ${text('name')}\n`);
      if (line['passed'] !== true) stdout.write(`  ${text('reason')}\n`);
      return;
    case 'summary':
      stdout.write(`${texts.say('pluginSummary', { passed: text('passed'), failed: text('failed') })}\n`);
      return;
    case 'error':
      stderr.write(`${notices.error(text('message'))}\n`);
      return;
    default:
      stdout.write(`${text('text')}\n`);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What the plugin itself prints is no JSON of ours, and is shown as it is. */
function readLine(line: string): Line {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : { text: line };
  } catch {
    return { text: line };
  }
}
