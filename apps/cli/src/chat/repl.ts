import type { Client } from '@multimodel/client';
import { allPages } from '../all-pages.ts';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { explainError } from '../explain-error.ts';
import { toSafeLine } from '../terminal/safe-text.ts';
import { findModel } from './choose-model.ts';
import type { Conversation } from './conversation.ts';
import { exchange } from './exchange.ts';
import { LineReader } from './line-reader.ts';
import { checkQuestion } from './question-text.ts';
import { TerminalSink } from './sinks.ts';

export interface ReplOptions {
  readonly context: Context;
  readonly client: Client;
  readonly url: string;
  readonly conversation: Conversation;
}

/** A conversation line by line, until the person leaves. */
export async function runRepl(options: ReplOptions): Promise<void> {
  const { context, conversation } = options;
  const { texts, stdout, styles } = context;
  using reader = new LineReader(context);
  const { model } = conversation;
  const known = model === undefined ? [] : [texts.say('replModel', { model: toSafeLine(model) })];
  stdout.write(`${styles.dim([...known, texts.say('replWelcome')].join(' '))}\n`);
  for (let text = await readMessage(reader, context); text !== undefined; text = await readMessage(reader, context)) {
    if (/^\/(quit|exit)\s*$/.test(text)) return;
    try {
      await act(text, options);
    } catch (error) {
      const { message } = explainError(error, { texts, url: options.url });
      context.stderr.write(`${context.notices.error(toSafeLine(message))}\n`);
    }
  }
}

async function act(text: string, options: ReplOptions): Promise<void> {
  const { context, client, conversation } = options;
  const command = /^\/([a-z]+)\s*(.*)$/s.exec(text);
  if (command) return runCommand({ name: command[1] ?? '', argument: (command[2] ?? '').trim() }, options);
  if (text.trim() === '') return;
  const question = checkQuestion(text, context.texts);
  await exchange(
    { context, client, sink: new TerminalSink(context) },
    { chatId: await conversation.open(), text: question, model: conversation.model },
  );
}

async function runCommand({ name, argument }: { name: string; argument: string }, options: ReplOptions): Promise<void> {
  const { context, conversation } = options;
  const { texts, stdout } = context;
  switch (name) {
    case 'model':
      return changeModel(argument, options);
    case 'new':
      conversation.startAnew();
      stdout.write(`${texts.say('replNew')}\n`);
      return;
    case 'help':
      stdout.write(`${texts.say('replHelp')}\n`);
      return;
    default:
      throw new CliError('usage', texts.say('replUnknown', { name: `/${name}` }));
  }
}

async function changeModel(wanted: string, { context, client, conversation }: ReplOptions): Promise<void> {
  const { texts, stdout } = context;
  if (wanted === '') {
    const models = await allPages((page) => client.models.list(page));
    const lines = models
      .filter(({ kind }) => kind === 'chat')
      .map(({ id }) => `${id === conversation.model ? '*' : ' '} ${toSafeLine(id)}\n`);
    stdout.write(lines.join(''));
    return;
  }
  conversation.model = await findModel(client, wanted, texts);
  stdout.write(`${texts.say('replModel', { model: toSafeLine(conversation.model) })}\n`);
}

/** A message of one or, after a backslash, several lines; undefined when the person leaves. */
async function readMessage(reader: LineReader, { texts, styles, stdout }: Context): Promise<string | undefined> {
  const lines: string[] = [];
  for (let interrupts = 0; ; ) {
    const input = await reader.read(styles.bold(texts.say(lines.length === 0 ? 'replPrompt' : 'replMore')));
    if (input.kind === 'end') return undefined;
    if (input.kind === 'interrupt') {
      interrupts += 1;
      if (interrupts > 1) return undefined;
      reader.clearLine();
      lines.length = 0;
      stdout.write(`\n${styles.dim(texts.say('replAgain'))}\n`);
      continue;
    }
    interrupts = 0;
    if (!input.text.endsWith('\\')) return [...lines, input.text].join('\n');
    lines.push(input.text.slice(0, -1));
  }
}
