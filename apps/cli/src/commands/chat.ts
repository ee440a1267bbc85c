import { findModel } from '../chat/choose-model.ts';
import { Conversation } from '../chat/conversation.ts';
import { exchange } from '../chat/exchange.ts';
import { readQuestion } from '../chat/question-text.ts';
import { runRepl } from '../chat/repl.ts';
import { JsonSink, type OutcomeSink, PlainSink, TerminalSink } from '../chat/sinks.ts';
import { CliError } from '../cli-error.ts';
import { type Context, clientFor } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';

export interface ChatOptions {
  readonly url: string;
  readonly model?: string | undefined;
  readonly system?: string | undefined;
  readonly temperature?: string | undefined;
  readonly chat?: string | undefined;
  readonly interactive?: boolean | undefined;
  readonly json?: boolean | undefined;
}

export async function chat(context: Context, words: readonly string[], options: ChatOptions): Promise<number> {
  const { texts, stdin } = context;
  const temperature = parseTemperature(options.temperature, context);
  const isConversation = options.interactive === true || (words.length === 0 && stdin.isTTY);
  if (isConversation && options.json) throw new CliError('usage', texts.say('jsonNeedsMessage'));
  const text = isConversation ? '' : await readQuestion(words, context);
  const client = clientFor(context, options.url);
  const conversation = new Conversation({
    client,
    model: options.model === undefined ? undefined : await findModel(client, options.model, texts),
    settings: { ...(options.system !== undefined && { systemPrompt: options.system }), ...(temperature !== undefined && { temperature }) },
    chatId: options.chat,
  });
  if (isConversation) {
    // Better now than after the first message has been typed.
    await client.models.list();
    await runRepl({ context, client, url: options.url, conversation });
    return exitCodes.ok;
  }
  const question = { chatId: await conversation.open(), text, model: conversation.model };
  return exitCodes[await exchange({ context, client, sink: sinkFor(context, options), isSilent: options.json }, question)];
}

function sinkFor(context: Context, { json }: ChatOptions): OutcomeSink {
  if (json) return new JsonSink(context);
  return context.stdout.isTTY || context.styles.isColour ? new TerminalSink(context) : new PlainSink(context);
}

function parseTemperature(value: string | undefined, { texts }: Context): number | undefined {
  if (value === undefined) return undefined;
  const temperature = value.trim() === '' ? Number.NaN : Number(value.replace(',', '.'));
  if (!(temperature >= 0 && temperature <= 2)) throw new CliError('usage', texts.say('badTemperature', { value }));
  return temperature;
}
