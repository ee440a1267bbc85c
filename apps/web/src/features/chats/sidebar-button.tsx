import { PanelLeft } from 'lucide-react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { useSidebar } from '../../app/sidebar-context.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTexts } from '../preferences/use-texts.ts';

/** Shows the chat list where it is hidden: always on phones, when folded on wide screens. */
export function SidebarButton() {
  const t = useTexts();
  const { isNarrow, openDrawer } = useSidebar();
  const { preferences } = useServices();
  const isOpen = useStore(preferences, (state) => state.isSidebarOpen);
  if (!isNarrow && isOpen) return null;
  return (
    <IconButton label={t.sidebar_open()} onClick={() => (isNarrow ? openDrawer() : preferences.setState({ isSidebarOpen: true }))}>
      <PanelLeft size={18} aria-hidden />
    </IconButton>
  );
}
