import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { Sidebar } from '../features/chats/sidebar.tsx';
import { useNewChat } from '../features/chats/use-new-chat.ts';
import { ConnectionBanner } from '../features/connection/connection-banner.tsx';
import { useTexts } from '../features/preferences/use-texts.ts';
import { useSyncedPreferences } from '../features/preferences/use-user-settings.ts';
import { narrowQuery, useMediaQuery } from '../ui/use-media-query.ts';
import { useServices } from './services-context.ts';
import { SidebarContext } from './sidebar-context.ts';

const MobileSidebar = lazy(async () => ({ default: (await import('../features/chats/mobile-sidebar.tsx')).MobileSidebar }));

/** Chat list and main column; on phones the list is a drawer. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const t = useTexts();
  const isNarrow = useMediaQuery(narrowQuery);
  const [isDrawerOpen, setIsDrawerOpen] = useState(false);
  const isSidebarOpen = useStore(useServices().preferences, (state) => state.isSidebarOpen);
  const sidebar = useMemo(
    () => ({ isNarrow, openDrawer: () => setIsDrawerOpen(true), closeDrawer: () => setIsDrawerOpen(false) }),
    [isNarrow],
  );
  useSyncedPreferences();
  return (
    <SidebarContext value={sidebar}>
      <Shortcuts />
      <a href="#main" className="skip-link">
        {t.skip_to_content()}
      </a>
      <div className="frame">
        {!isNarrow && isSidebarOpen && <Sidebar />}
        {isNarrow && (
          <Suspense>
            <MobileSidebar isOpen={isDrawerOpen} />
          </Suspense>
        )}
        <main id="main" tabIndex={-1} className="main">
          <ConnectionBanner />
          {children}
        </main>
      </div>
    </SidebarContext>
  );
}

/** By place on the keyboard, not by letter: the same on a Russian layout. */
function Shortcuts() {
  const newChat = useNewChat();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.code !== 'KeyO' || !event.shiftKey || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      newChat();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [newChat]);
  return null;
}
