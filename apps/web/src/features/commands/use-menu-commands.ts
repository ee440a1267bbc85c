import { useEffect, useMemo, useRef } from 'react';
import type { MenuAction } from '../../ui/menu-action.ts';
import type { Command } from './command-registry.ts';
import { useCommands } from './use-commands.ts';

/** What a menu of the page offers, offered by the palette too. */
export function useMenuCommands(actions: readonly MenuAction[]): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const labels = actions.map(({ label }) => label).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the actions are new each time; other ones have other labels
  const list = useMemo(
    () =>
      actions.map(
        ({ label, icon }): Command => ({
          id: `menu-${label}`,
          group: 'chat',
          title: () => label,
          icon,
          run: () => latest.current.find((action) => action.label === label)?.run(),
        }),
      ),
    [labels],
  );
  useCommands(list);
}
