import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Conversation } from '../../state/conversation.ts';
import { isAnswering } from '../../state/conversation-state.ts';
import { useModelChoice } from '../models/use-models.ts';

export interface ThreadActs {
  readonly conversation: Conversation;
  readonly toEnd: () => void;
  /** Shows another version of a message in the place where this one is. */
  readonly switchTo: (shownId: string, otherId: string) => void;
}

export const ThreadContext = createContext<ThreadActs | undefined>(undefined);

export function useThreadActs(): ThreadActs {
  const acts = useContext(ThreadContext);
  if (!acts) throw new Error('ThreadContext is missing');
  return acts;
}

export interface AnswerActs {
  /** Something on this branch is under way: nothing else can begin. */
  readonly isBusy: boolean;
  /** Without a model: with the one chosen for the chat. */
  readonly regenerate: (model?: string) => void;
  readonly goOn: () => void;
}

/** What can be done with one answer. */
export function useAnswerActs(messageId: string): AnswerActs {
  const { conversation, toEnd } = useThreadActs();
  const { id: model } = useModelChoice(conversation);
  const isBusy = useStore(conversation.store, (state) => isAnswering(state) || state.actingOn !== undefined);
  const thenToEnd = async (act: Promise<boolean>) => {
    if (await act) toEnd();
  };
  return {
    isBusy,
    regenerate: (wanted) => void thenToEnd(conversation.branches.regenerate(messageId, wanted ?? model)),
    goOn: () => void thenToEnd(conversation.branches.continue(messageId, model)),
  };
}
