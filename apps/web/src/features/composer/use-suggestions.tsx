import { type ComponentType, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Conversation } from '../../state/conversation.ts';
import type { SuggestionKeys, SuggestionListProps } from './suggestion-list-props.ts';
import { findTrigger, type SuggestionTrigger, withoutTrigger } from './suggestion-trigger.ts';

interface SuggestionsInput {
  readonly conversation: Conversation;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly setText: (text: string) => void;
}

let loaded: ComponentType<SuggestionListProps> | undefined;

/** `@` and `/` in the message open a list; the field keeps the focus, the list is fetched when it is first asked for. */
export function useSuggestions({ conversation, field, text, setText }: SuggestionsInput) {
  const [trigger, setTrigger] = useState<SuggestionTrigger>();
  const [List, setList] = useState<ComponentType<SuggestionListProps> | undefined>(() => loaded);
  const [activeId, setActiveId] = useState<string>();
  /** Where a list was closed with Esc: the text there is just text until another sign begins. */
  const dismissedAt = useRef<number>(undefined);
  const keys = useRef<SuggestionKeys>(() => false);
  const isWanted = trigger !== undefined;

  useEffect(() => {
    if (!isWanted || List) return;
    // Without it the sign is just a sign; the next one tries again.
    import('./suggestion-list.tsx').then(
      ({ SuggestionList }) => setList(() => (loaded = SuggestionList)),
      () => undefined,
    );
  }, [isWanted, List]);

  const look = () => {
    const element = field.current;
    const found =
      element && element.selectionStart === element.selectionEnd ? findTrigger(element.value, element.selectionStart) : undefined;
    if (!found) dismissedAt.current = undefined;
    setTrigger(found && found.start !== dismissedAt.current ? found : undefined);
  };
  const close = () => {
    dismissedAt.current = trigger?.start;
    setTrigger(undefined);
  };
  /** What was chosen takes the place of the sign and its word; `inserted` is for what writes text, such as a template. */
  const take = (run: () => void, inserted = '') => {
    if (!trigger) return;
    const rest = withoutTrigger(text, trigger);
    setText(rest.text.slice(0, rest.caret) + inserted + rest.text.slice(rest.caret));
    setTrigger(undefined);
    requestAnimationFrame(() => {
      const caret = rest.caret + inserted.length;
      field.current?.setSelectionRange(caret, caret);
      run();
    });
  };
  const isOpen = trigger !== undefined && List !== undefined;
  return {
    look,
    onKeyDown: (event: KeyboardEvent) => isOpen && keys.current(event),
    attributes:
      isOpen && activeId !== undefined
        ? ({ 'aria-autocomplete': 'list', 'aria-controls': 'suggestions', 'aria-activedescendant': activeId } as const)
        : ({ 'aria-autocomplete': 'list' } as const),
    list: isOpen && (
      <List
        key={trigger.kind}
        trigger={trigger}
        conversation={conversation}
        keys={keys}
        onActive={setActiveId}
        onTake={take}
        onClose={close}
      />
    ),
    close: () => setTrigger(undefined),
  };
}
