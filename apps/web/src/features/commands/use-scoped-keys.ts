import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { useTexts } from '../preferences/use-texts.ts';
import type { Command } from './command-registry.ts';
import { shortcuts } from './shortcuts.ts';
import { useCommands } from './use-commands.ts';

/** Keys that work where the focus is, for the sheet; those who answer to them read the same table. */
export function useScopedKeys(): void {
  const t = useTexts();
  const sendOnEnter = useStore(useServices().preferences, (state) => state.sendOnEnter);
  const list = useMemo(() => {
    const key = (id: string, more: Pick<Command, 'scope' | 'title' | 'shortcuts'>): Command => ({ id, group: 'page', ...more });
    const enter = sendOnEnter ? shortcuts.send : shortcuts.sendWithMod;
    return [
      ...(document.getElementById('composer')
        ? [
            key('keys-send', { scope: 'composer', title: t.composer_send, shortcuts: [enter] }),
            key('keys-line', {
              scope: 'composer',
              title: t.sheet_new_line,
              shortcuts: [sendOnEnter ? shortcuts.newLine : shortcuts.send],
            }),
            key('keys-models', { scope: 'composer', title: t.command_model, shortcuts: [shortcuts.chooseModel] }),
            key('keys-commands', { scope: 'composer', title: t.sheet_commands, shortcuts: [shortcuts.listCommands] }),
          ]
        : []),
      ...(document.querySelector('[role="log"]')
        ? [
            key('keys-messages', {
              scope: 'messages',
              title: t.sheet_walk_messages,
              shortcuts: [shortcuts.messageAfter, shortcuts.messageBefore],
            }),
            key('keys-message-menu', { scope: 'messages', title: t.sheet_message_menu, shortcuts: [shortcuts.messageMenu] }),
          ]
        : []),
      ...(document.querySelector('.chat-link')
        ? [
            key('keys-chats', { scope: 'chats', title: t.sheet_walk_chats, shortcuts: [shortcuts.chatAfter, shortcuts.chatBefore] }),
            key('keys-ends', { scope: 'chats', title: t.sheet_ends, shortcuts: [shortcuts.chatFirst, shortcuts.chatLast] }),
            key('keys-rename', { scope: 'chats', title: t.chat_rename, shortcuts: [shortcuts.rename] }),
            key('keys-delete', { scope: 'chats', title: t.chat_delete, shortcuts: [shortcuts.remove] }),
          ]
        : []),
    ];
  }, [t, sendOnEnter]);
  useCommands(list);
}
