import { lazy, Suspense, useEffect } from 'react';
import { useLocation } from 'react-router';
import { useStore } from 'zustand';
import { Sidebar } from '../features/chats/sidebar.tsx';
import { loadPart } from '../ui/load-part.ts';
import { isSettingsPath, returnPlace } from './return-place.ts';
import { useServices } from './services-context.ts';
import { useSidebar } from './sidebar-context.ts';

const MobileSidebar = lazy(() => loadPart(async () => ({ default: (await import('../features/chats/mobile-sidebar.tsx')).MobileSidebar })));
const SettingsSidebar = lazy(() =>
  loadPart(async () => ({ default: (await import('../features/settings-pages/settings-pages.tsx')).SettingsSidebar })),
);

/** Beside the main column: the chats, or the pages of the settings. On phones the chats are a drawer, the pages a page. */
export function SideColumn({ isDrawerOpen }: { readonly isDrawerOpen: boolean }) {
  const { isNarrow } = useSidebar();
  const { pathname } = useLocation();
  const isSidebarOpen = useStore(useServices().preferences, (state) => state.isSidebarOpen);
  useEffect(() => returnPlace.visited(pathname), [pathname]);
  if (isSettingsPath(pathname)) {
    return isNarrow ? null : (
      <Suspense fallback={<div className="sidebar" />}>
        <SettingsSidebar />
      </Suspense>
    );
  }
  if (!isNarrow) return isSidebarOpen && <Sidebar />;
  return (
    <Suspense>
      <MobileSidebar isOpen={isDrawerOpen} />
    </Suspense>
  );
}
