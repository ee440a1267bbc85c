import type { ModelDto } from '@multimodel/contract';
import { createContext, useContext } from 'react';
import type { Conversation } from '../../state/conversation.ts';

export interface ThreadActs {
  readonly conversation: Conversation;
  readonly toEnd: () => void;
  /** Shows another version of a message in the place where this one is. */
  readonly switchTo: (shownId: string, otherId: string) => void;
  /** Something on this branch is under way: nothing else can begin. */
  readonly isBusy: boolean;
  readonly models: readonly ModelDto[];
  /** The one that the next answer comes from. */
  readonly model: string | undefined;
}

/** What all messages want to know stands here once: a subscription in each of them would be most of what a message takes. */
export const ThreadContext = createContext<ThreadActs | undefined>(undefined);

export function useThreadActs(): ThreadActs {
  const acts = useContext(ThreadContext);
  if (!acts) throw new Error('ThreadContext is missing');
  return acts;
}

export interface AnswerActs extends Pick<ThreadActs, 'isBusy'> {
  /** Without a model: with the one chosen for the chat. */
  readonly regenerate: (model?: string) => void;
  readonly goOn: () => void;
}

/** What can be done with one answer. */
export function useAnswerActs(messageId: string): AnswerActs {
  const { conversation, toEnd, isBusy, model } = useThreadActs();
  const thenToEnd = async (act: Promise<boolean>) => {
    if (await act) toEnd();
  };
  return {
    isBusy,
    regenerate: (wanted) => void thenToEnd(conversation.branches.regenerate(messageId, wanted ?? model)),
    goOn: () => void thenToEnd(conversation.branches.continue(messageId, model)),
  };
}
