import { Keyboard, PanelLeft, Search, SquarePen } from 'lucide-react';
import { useMemo } from 'react';
import { useServices } from '../../app/services-context.ts';
import { useSidebar } from '../../app/sidebar-context.ts';
import { useNewChat } from '../chats/use-new-chat.ts';
import { useTexts } from '../preferences/use-texts.ts';
import type { Command } from './command-registry.ts';
import { focusRegion } from './regions.ts';
import { shortcuts } from './shortcuts.ts';
import { useCommands } from './use-commands.ts';

/** What can be done wherever one is. */
export function usePageCommands(): void {
  const t = useTexts();
  const newChat = useNewChat();
  const { preferences } = useServices();
  const { isNarrow, openDrawer } = useSidebar();
  const list = useMemo((): readonly Command[] => {
    const toggleSidebar = () =>
      isNarrow ? openDrawer() : preferences.setState(({ isSidebarOpen }) => ({ isSidebarOpen: !isSidebarOpen }));
    const hidesSidebar = () => !isNarrow && preferences.getState().isSidebarOpen;
    return [
      { id: 'new-chat', group: 'chat', title: t.new_chat, icon: SquarePen, shortcuts: [shortcuts.newChat], run: newChat },
      { id: 'palette', group: 'page', title: t.palette_title, icon: Search, shortcuts: [shortcuts.palette], opens: 'palette' },
      {
        id: 'sidebar',
        group: 'page',
        title: () => (hidesSidebar() ? t.sidebar_close() : t.sidebar_open()),
        icon: PanelLeft,
        run: toggleSidebar,
      },
      { id: 'sheet', group: 'page', title: t.sheet_title, icon: Keyboard, shortcuts: [shortcuts.sheet, shortcuts.help], opens: 'sheet' },
      {
        id: 'regions',
        group: 'page',
        title: t.command_next_region,
        shortcuts: [shortcuts.nextRegion],
        isKeyOnly: true,
        run: () => focusRegion(1),
      },
      {
        id: 'regions-back',
        group: 'page',
        title: t.command_previous_region,
        shortcuts: [shortcuts.previousRegion],
        isKeyOnly: true,
        run: () => focusRegion(-1),
      },
    ];
  }, [t, newChat, isNarrow, openDrawer, preferences]);
  useCommands(list);
}
