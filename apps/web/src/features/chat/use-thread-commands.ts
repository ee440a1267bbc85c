import { Copy, Pencil, RotateCcw, Square } from 'lucide-react';
import { useMemo } from 'react';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { isAnswering } from '../../state/conversation-state.ts';
import type { Command } from '../commands/command-registry.ts';
import { shortcuts } from '../commands/shortcuts.ts';
import { useCommands } from '../commands/use-commands.ts';
import { copyAnswer } from '../markdown/copy-answer.ts';
import { useModelChoice } from '../models/use-models.ts';
import { useTexts } from '../preferences/use-texts.ts';

/** What can be done with the conversation on the screen, without looking for a button. */
export function useThreadCommands(conversation: Conversation, toEnd: () => void): void {
  const t = useTexts();
  const { notices } = useServices();
  const { id: model } = useModelChoice(conversation);
  const list = useMemo((): readonly Command[] => {
    const state = () => conversation.store.getState();
    const isFree = () => !isAnswering(state()) && state().actingOn === undefined;
    const lastAnswer = () =>
      state().messages.findLast(({ id, role, text }) => role === 'assistant' && text !== '' && !state().live.has(id));
    const copy = async () => {
      try {
        await copyAnswer(lastAnswer()?.text ?? '');
        notices.done(t.copied());
      } catch {
        notices.failure(t.copy_failed());
      }
    };
    const regenerate = async () => {
      const last = state().messages.at(-1);
      if (last && (await conversation.branches.regenerate(last.id, model))) toEnd();
    };
    return [
      {
        id: 'stop',
        group: 'answer',
        title: t.command_stop,
        icon: Square,
        shortcuts: [shortcuts.stop],
        isAvailable: () => isAnswering(state()),
        run: () => void conversation.stop(),
      },
      {
        id: 'copy-answer',
        group: 'answer',
        title: t.copy_answer,
        icon: Copy,
        shortcuts: [shortcuts.copyAnswer],
        isAvailable: () => lastAnswer() !== undefined,
        run: () => void copy(),
      },
      {
        id: 'regenerate',
        group: 'answer',
        title: t.answer_regenerate,
        icon: RotateCcw,
        isAvailable: () => isFree() && state().messages.at(-1)?.role === 'assistant',
        run: () => void regenerate(),
      },
      {
        id: 'edit-last',
        group: 'answer',
        title: t.command_edit_last,
        icon: Pencil,
        shortcuts: [shortcuts.editLast],
        scope: 'composer',
        isAvailable: isFree,
        run: () => void conversation.branches.editLast(),
      },
    ];
  }, [t, notices, conversation, toEnd, model]);
  useCommands(list);
}
