import type { Message } from '../chat/message.ts';
import type { Run } from './run.ts';
import type { RunEvent, RunEventBody } from './run-event.ts';

/**
 * How the log of a run begins that goes on with an unfinished answer: with the answer so far. Everything that folds a log
 * (watchers, snapshots, recovery) then has the whole text and needs to know nothing of continuations.
 */
export function continuationLog(run: Run, before: Message): readonly RunEvent[] {
  const bodies: RunEventBody[] = [
    { type: 'start', runId: run.id, chatId: run.chatId, messageId: run.messageId },
    { type: 'text-replace', from: 0, text: before.text },
  ];
  if (before.reasoning) bodies.push({ type: 'reasoning-delta', text: reasoningBefore(before) });
  for (const { callId, name, arguments: values } of before.toolCalls ?? []) {
    bodies.push({ type: 'tool-call', callId, name, arguments: values });
  }
  for (const attachment of before.attachments ?? []) bodies.push({ type: 'file', attachment });
  return bodies.map((body, index) => ({ ...body, seq: index + 1 }));
}

/** Further thoughts begin on a line of their own. */
export function reasoningBefore(before: Message | undefined): string {
  return before?.reasoning ? `${before.reasoning.trimEnd()}\n\n` : '';
}
