import type { Conversation } from './conversation.ts';

type Reached = Pick<Conversation, 'store' | 'loadOlder'>;

/** Loads older messages until this one is there; false when the branch has it not, or the server cannot be asked. */
export async function reachMessage(conversation: Reached, messageId: string, signal: AbortSignal): Promise<boolean> {
  const state = () => conversation.store.getState();
  const isThere = () => state().messages.some(({ id }) => id === messageId);
  while (!isThere() && !signal.aborted) {
    // The reader's own scrolling asks for a page too.
    await untilIdle(conversation);
    const { olderCursor } = state();
    if (!olderCursor) break;
    await conversation.loadOlder(messageId);
    if (state().olderCursor === olderCursor && state().older !== 'loading') break;
  }
  return isThere();
}

async function untilIdle({ store }: Reached): Promise<void> {
  while (store.getState().older === 'loading') {
    await new Promise<void>((resolve) => {
      const stop = store.subscribe(() => {
        stop();
        resolve();
      });
    });
  }
}
