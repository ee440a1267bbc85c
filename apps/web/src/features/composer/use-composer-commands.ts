import { Bot } from 'lucide-react';
import { type RefObject, useMemo } from 'react';
import type { Command } from '../commands/command-registry.ts';
import { shortcuts } from '../commands/shortcuts.ts';
import { useCommands } from '../commands/use-commands.ts';
import { useTexts } from '../preferences/use-texts.ts';

/** What needs a field to write in. */
export function useComposerCommands(field: RefObject<HTMLTextAreaElement | null>): void {
  const t = useTexts();
  const list = useMemo(
    (): readonly Command[] => [
      { id: 'model', group: 'chat', title: t.command_model, icon: Bot, opens: 'models' },
      {
        id: 'focus-composer',
        group: 'page',
        title: t.command_focus_composer,
        shortcuts: [shortcuts.focusComposer],
        isKeyOnly: true,
        run: () => field.current?.focus(),
      },
    ],
    [t, field],
  );
  useCommands(list);
}
