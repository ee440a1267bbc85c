import { Menu } from '@base-ui/react/menu';
import type { MessageDto } from '@multimodel/contract';
import { ChevronLeft, ChevronRight, Copy, type LucideIcon, Pencil, RotateCcw } from 'lucide-react';
import { useRef } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { isAnswering } from '../../state/conversation-state.ts';
import { markdownWithNames, textWithNames } from '../files/file-names.ts';
import { writeClipboard } from '../markdown/clipboard.ts';
import { copyAnswer } from '../markdown/copy-answer.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { useAnswerActs, useThreadActs } from './thread-acts.ts';

interface MessageMenuProps {
  readonly message: MessageDto;
  /** What it is opened on: it stands there, and the focus goes back to it. */
  readonly anchor: HTMLElement;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

interface MessageAction {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

/** Everything that can be done with one message, for a finger or a key. */
export function MessageMenu({ message, anchor, isOpen, onClose }: MessageMenuProps) {
  const t = useTexts();
  const actions = useMessageActions(message);
  const chosen = useRef<() => void>(undefined);
  const onOpenChangeComplete = (isNowOpen: boolean) => {
    if (isNowOpen) return;
    chosen.current?.();
    chosen.current = undefined;
  };
  // Of a message the menu would take the first button.
  const focusAnchor = () => {
    anchor.focus({ preventScroll: true });
    return false;
  };
  const choose = (run: () => void) => {
    chosen.current = run;
  };
  return (
    <Menu.Root open={isOpen} onOpenChange={(open) => !open && onClose()} onOpenChangeComplete={onOpenChangeComplete}>
      {/* Without a button of its own it would stand outside every landmark. */}
      <Menu.Portal container={anchor.closest('main')}>
        <Menu.Positioner anchor={anchor} sideOffset={6} align={message.role === 'user' ? 'end' : 'start'} className="z-40">
          <Menu.Popup
            className="menu"
            finalFocus={focusAnchor}
            aria-label={message.role === 'user' ? t.question_actions() : t.answer_actions()}
          >
            {actions.map(({ label, icon: Icon, run }) => (
              <Menu.Item key={label} className="menu-item" onClick={() => choose(run)}>
                <Icon size={16} aria-hidden />
                {label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function useMessageActions(message: MessageDto): readonly MessageAction[] {
  const t = useTexts();
  const { notices } = useServices();
  const { conversation, switchTo } = useThreadActs();
  const { isBusy, regenerate } = useAnswerActs(message.id);
  const isLive = useStore(conversation.store, (state) => isAnswering(state) && state.live.has(message.id));
  const isQuestion = message.role === 'user';
  const copy = async () => {
    try {
      await (isQuestion ? writeClipboard(textWithNames(message)) : copyAnswer(markdownWithNames(message)));
      notices.done(t.copied());
    } catch {
      notices.failure(t.copy_failed());
    }
  };
  const { previousId, nextId } = message.siblings ?? {};
  const to = (otherId: string | undefined, label: string, icon: LucideIcon): MessageAction[] =>
    otherId === undefined || isBusy ? [] : [{ label, icon, run: () => switchTo(message.id, otherId) }];
  return [
    ...(textWithNames(message) !== '' && !isLive
      ? [{ label: isQuestion ? t.copy_question() : t.copy_answer(), icon: Copy, run: () => void copy() }]
      : []),
    ...(isQuestion && !isBusy
      ? [{ label: t.question_edit(), icon: Pencil, run: () => conversation.branches.edit(message.id, 'message') }]
      : []),
    ...(!isQuestion && !isBusy ? [{ label: t.answer_regenerate(), icon: RotateCcw, run: () => regenerate() }] : []),
    ...to(previousId, t.branch_previous(), ChevronLeft),
    ...to(nextId, t.branch_next(), ChevronRight),
  ];
}
