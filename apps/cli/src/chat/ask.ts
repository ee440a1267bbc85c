import { type Client, emptyRunView, NetworkError, type RunView, reduceRunView, type WatchConnection } from '@multimodel/client';
import type { MessageDto, RunEventDto, SentMessage } from '@multimodel/contract';
import { listenForInterrupts } from './interrupts.ts';

export interface Question {
  readonly chatId: string;
  readonly text: string;
  readonly model?: string | undefined;
}

/** Where an answer goes while it comes. */
export interface AnswerSink {
  sent(sent: SentMessage): void;
  event(event: RunEventDto, view: RunView): void;
  connection(connection: WatchConnection): void;
  stopping(): void;
}

/** A whole answer, as far as it came. */
export type Outcome = Pick<MessageDto, 'chatId' | 'text' | 'model' | 'provider' | 'reason' | 'usage' | 'cost' | 'timings' | 'error'> & {
  readonly state: Exclude<MessageDto['state'], 'streaming'>;
  readonly messageId: string;
};

/** The person did not wait for the server to stop. */
export class ImpatienceError extends Error {}
/** The server stayed away for too long; the answer goes on there. */
export class LostConnectionError extends Error {}

/** About a minute and a half of back-off. */
const mostFailures = 12;

/**
 * Sends a message and follows its answer to the end, over cut connections too. An interrupt stops the run on the server and
 * waits for its end; a second one leaves at once.
 */
export async function ask(client: Client, question: Question, sink: AnswerSink): Promise<Outcome> {
  const abort = new AbortController();
  const state: { runId?: string; interrupts: number } = { interrupts: 0 };
  const stop = (runId: string): void => void client.runs.stop(runId).catch(() => undefined);
  using _interrupts = listenForInterrupts(() => {
    state.interrupts += 1;
    if (state.interrupts > 1) abort.abort(new ImpatienceError());
    else sink.stopping();
    if (state.runId !== undefined) stop(state.runId);
  });
  const { chatId, text, model } = question;
  const sent = await client.messages.send(chatId, { text, model }, { signal: abort.signal });
  state.runId = sent.run.id;
  sink.sent(sent);
  if (state.interrupts > 0) stop(sent.run.id);
  const onConnection = (connection: WatchConnection): void => {
    sink.connection(connection);
    if (connection.state === 'waiting' && connection.failures >= mostFailures) abort.abort(new LostConnectionError());
  };
  return await follow(client, sent, { sink, signal: abort.signal, onConnection });
}

interface Following {
  readonly sink: AnswerSink;
  readonly signal: AbortSignal;
  readonly onConnection: (connection: WatchConnection) => void;
}

async function follow(client: Client, { run, assistantMessage }: SentMessage, { sink, signal, onConnection }: Following): Promise<Outcome> {
  let view = emptyRunView;
  let isWhole = true;
  for await (const event of client.runs.watch(run.id, { signal, onConnection })) {
    // A run that ended before we looked has no events left, only its message.
    if (event.type === 'finish' && event.seq > view.lastSeq + 1) isWhole = false;
    view = reduceRunView(view, event);
    sink.event(event, view);
  }
  const { state } = view;
  const messageId = assistantMessage.id;
  if (isWhole && state !== 'queued' && state !== 'running') return { ...view, state, chatId: run.chatId, messageId };
  return fromMessage(await findMessage(client, { chatId: run.chatId, messageId, signal }));
}

interface Place {
  readonly chatId: string;
  readonly messageId: string;
  readonly signal?: AbortSignal | undefined;
}

/** Newest first: the message was written a moment ago. */
export async function findMessage(client: Client, { chatId, messageId, signal }: Place): Promise<MessageDto> {
  const { items } = await client.messages.list(chatId, { order: 'desc', limit: 50, signal });
  const message = items.find(({ id }) => id === messageId);
  if (!message) throw new NetworkError('The answer is not in its chat');
  return message;
}

function fromMessage(message: MessageDto): Outcome {
  const { state } = message;
  if (state === 'streaming') throw new NetworkError('The stream ended before the answer');
  return { ...message, state, messageId: message.id };
}
