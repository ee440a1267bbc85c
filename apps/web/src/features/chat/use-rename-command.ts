import { Pencil } from 'lucide-react';
import { useMemo } from 'react';
import type { Command } from '../commands/command-registry.ts';
import { useCommands } from '../commands/use-commands.ts';
import { useTexts } from '../preferences/use-texts.ts';

/** The title in the header becomes a field. */
export function useRenameCommand(isPossible: boolean, setIsEditing: (isEditing: boolean) => void): void {
  const t = useTexts();
  const list = useMemo(
    (): readonly Command[] =>
      isPossible ? [{ id: 'rename', group: 'chat', title: t.chat_rename, icon: Pencil, run: () => setIsEditing(true) }] : [],
    [t, isPossible, setIsEditing],
  );
  useCommands(list);
}
