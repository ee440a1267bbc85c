import type { Run } from '../run/run.ts';
import type { Clock } from '../shared/clock.ts';
import { type MessageId, toMessageId, toRunId } from '../shared/ids.ts';
import type { Chat, GenerationSettings } from './chat.ts';
import type { Message } from './message.ts';

export interface Answering {
  readonly assistantMessage: Message;
  readonly run: Run;
}

interface AnswerDeps {
  readonly clock: Clock;
  readonly runs: { readonly processId: string };
  newId(): string;
}

interface AnswerOptions {
  readonly chat: Chat;
  readonly model: string;
  /** Over those of the chat. */
  readonly settings?: GenerationSettings | undefined;
}

/** An empty answer to a question, and the run that will fill it. */
export function newAnswer({ clock, runs, newId }: AnswerDeps, questionId: MessageId, { chat, model, settings }: AnswerOptions): Answering {
  const createdAt = clock.now();
  const messageId = toMessageId(newId());
  const run = newRun({ clock, runs, newId }, messageId, { chat, model, settings });
  const place = { id: messageId, chatId: chat.id, parentId: questionId, createdAt } as const;
  return { assistantMessage: { ...place, role: 'assistant', text: '', state: 'streaming', runId: run.id, model }, run };
}

export function newRun({ clock, runs, newId }: AnswerDeps, messageId: MessageId, { chat, model, settings }: AnswerOptions): Run {
  return {
    id: toRunId(newId()),
    chatId: chat.id,
    messageId,
    ownerId: chat.ownerId,
    state: 'queued',
    model,
    settings: { ...chat.settings, ...settings },
    processId: runs.processId,
    lastSeq: 0,
    createdAt: clock.now(),
  };
}
