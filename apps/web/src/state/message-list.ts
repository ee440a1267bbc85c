import type { RunView } from '@multimodel/client';
import type { MessageDto, MessagePage } from '@multimodel/contract';

/** Adds or replaces by id; new ones go to the end. */
export function upsertMessages(messages: readonly MessageDto[], changed: readonly MessageDto[]): readonly MessageDto[] {
  const byId = new Map(changed.map((message) => [message.id, message]));
  const kept = messages.map((message) => byId.get(message.id) ?? message);
  const known = new Set(messages.map((message) => message.id));
  return [...kept, ...changed.filter((message) => !known.has(message.id))];
}

/** New messages below `parentId` (absent = a new beginning): what stood there before is another branch now. */
export function branchOff(
  messages: readonly MessageDto[],
  parentId: string | undefined,
  added: readonly MessageDto[],
): readonly MessageDto[] {
  if (parentId === undefined) return added;
  const parent = messages.findIndex((message) => message.id === parentId);
  if (parent === -1) return upsertMessages(messages, added);
  return [...messages.slice(0, parent + 1), ...added];
}

/** A page of older messages, newest first, goes in front. */
export function prependOlder(messages: readonly MessageDto[], page: MessagePage): readonly MessageDto[] {
  const known = new Set(messages.map((message) => message.id));
  return [...page.items.filter((message) => !known.has(message.id)).reverse(), ...messages];
}

export interface LoadedMessages {
  readonly messages: readonly MessageDto[];
  readonly olderCursor: string | undefined;
}

/** The newest page, read again: replaces the end, keeps loaded older messages when the two still meet. */
export function mergeNewest(loaded: LoadedMessages, page: MessagePage): LoadedMessages {
  const newest = [...page.items].reverse();
  const first = newest[0]?.id;
  const meeting = loaded.messages.findIndex((message) => message.id === first);
  if (meeting === -1) return { messages: newest, olderCursor: page.nextCursor };
  return { messages: [...loaded.messages.slice(0, meeting), ...newest], olderCursor: loaded.olderCursor };
}

/** The message as it will be read from the server, before it is. */
export function settleMessage(message: MessageDto, view: RunView): MessageDto {
  const { text, reasoning, state, reason, usage, cost, timings, modelVersion, error, provider, model } = view;
  return {
    ...message,
    text,
    ...(reasoning === '' ? {} : { reasoning }),
    state: state === 'queued' || state === 'running' ? 'interrupted' : state,
    provider: provider ?? message.provider,
    model: model ?? message.model,
    warnings: [...view.warnings],
    toolCalls: view.toolCalls,
    ...(view.attachments.length > 0 && { attachments: [...view.attachments] }),
    reason,
    usage,
    cost,
    timings,
    modelVersion,
    error,
  };
}
