import type { KeyboardEvent, RefObject } from 'react';
import type { Conversation } from '../../state/conversation.ts';
import type { SuggestionTrigger } from './suggestion-trigger.ts';

/** The list answers to keys of the field; true = the key was for it. */
export type SuggestionKeys = (event: KeyboardEvent) => boolean;

export interface SuggestionListProps {
  readonly trigger: SuggestionTrigger;
  readonly conversation: Conversation;
  /** Filled by the list: what it does with a key of the field. */
  readonly keys: RefObject<SuggestionKeys>;
  readonly onActive: (optionId: string | undefined) => void;
  readonly onTake: (run: () => void, inserted?: string) => void;
  readonly onClose: () => void;
}
