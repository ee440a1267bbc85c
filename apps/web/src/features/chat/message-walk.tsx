import { type RefObject, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { CommandRegistry } from '../commands/command-registry.ts';
import { isField } from '../commands/open-layers.ts';
import { shortcuts } from '../commands/shortcuts.ts';
import { onLongPress } from './long-press.ts';
import { MessageMenu } from './message-menu.tsx';
import { useThreadActs } from './thread-acts.ts';

interface MenuPlace {
  readonly messageId: string;
  readonly anchor: HTMLElement;
  readonly isOpen: boolean;
}

/** From message to message by J and K, and to what can be done with one: by Shift+F10, or by a finger that rests on it. */
export function MessageWalk({ scroller }: { readonly scroller: RefObject<HTMLDivElement | null> }) {
  const { commands } = useServices();
  const { conversation } = useThreadActs();
  const [place, setPlace] = useState<MenuPlace>();
  const message = useStore(conversation.store, (state) => state.messages.find(({ id }) => id === place?.messageId));
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const open = (anchor: HTMLElement) => {
      const messageId = messageOf(anchor)?.dataset['message'];
      if (messageId !== undefined) setPlace({ messageId, anchor, isOpen: true });
    };
    const onKeyDown = (event: KeyboardEvent) => walk(commands, { event, scroller: element, open });
    element.addEventListener('keydown', onKeyDown);
    const endPress = onLongPress(element, pressTarget, open);
    return () => {
      element.removeEventListener('keydown', onKeyDown);
      endPress();
    };
  }, [commands, scroller]);
  if (!place || !message) return null;
  return (
    <MessageMenu message={message} anchor={place.anchor} isOpen={place.isOpen} onClose={() => setPlace({ ...place, isOpen: false })} />
  );
}

interface Walk {
  readonly event: KeyboardEvent;
  readonly scroller: HTMLElement;
  readonly open: (anchor: HTMLElement) => void;
}

function walk(commands: CommandRegistry, { event, scroller, open }: Walk): void {
  if (event.isComposing || isField(event.target)) return;
  const current = messageOf(event.target);
  if (current && (commands.matches(event, shortcuts.messageMenu) || event.key === 'ContextMenu')) {
    event.preventDefault();
    open(current);
    return;
  }
  const isAfter = commands.matches(event, shortcuts.messageAfter);
  if (!isAfter && !commands.matches(event, shortcuts.messageBefore)) return;
  event.preventDefault();
  neighbour(scroller, current, isAfter ? 1 : -1)?.focus();
}

/** From nowhere: the newest, where the reader is. */
function neighbour(scroller: HTMLElement, current: HTMLElement | undefined, step: 1 | -1): HTMLElement | undefined {
  const messages = [...scroller.querySelectorAll<HTMLElement>('[data-message]')];
  return current ? messages[messages.indexOf(current) + step] : messages.at(-1);
}

function messageOf(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>('[data-message]')) || undefined;
}

/** A question as a whole, and the line below an answer: the text of an answer is there to be selected. */
function pressTarget(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element) || target.closest('button, a')) return undefined;
  return target.closest<HTMLElement>('.question .bubble, .answer-foot') ?? undefined;
}
