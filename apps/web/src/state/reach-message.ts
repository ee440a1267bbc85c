import { limits } from '@multimodel/contract/limits';
import type { Conversation } from './conversation.ts';

/** Loads older messages until this one is there; false when the branch has it not, or the server cannot be asked. */
export async function reachMessage(
  conversation: Pick<Conversation, 'store' | 'loadOlder'>,
  messageId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const state = () => conversation.store.getState();
  const isThere = () => state().messages.some(({ id }) => id === messageId);
  while (!isThere() && !signal.aborted) {
    const { olderCursor } = state();
    if (!olderCursor) return false;
    await conversation.loadOlder(limits.pageSize);
    // Failed, or somebody else is already asking.
    if (state().olderCursor === olderCursor) return isThere();
  }
  return isThere();
}
