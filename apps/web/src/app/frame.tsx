import { type MouseEvent, type ReactNode, useMemo, useState } from 'react';
import { useLocation } from 'react-router';
import { useEdgeSwipe } from '../features/chats/use-edge-swipe.ts';
import { CommandHost } from '../features/commands/command-host.tsx';
import { usePageCommands } from '../features/commands/use-page-commands.ts';
import { useShortcuts } from '../features/commands/use-shortcuts.ts';
import { ConnectionBanner } from '../features/connection/connection-banner.tsx';
import { useTexts } from '../features/preferences/use-texts.ts';
import { useSyncedPreferences } from '../features/preferences/use-user-settings.ts';
import { narrowQuery, useMediaQuery } from '../ui/use-media-query.ts';
import { useViewportHeight } from '../ui/use-viewport-height.ts';
import { isSettingsPath } from './return-place.ts';
import { SideColumn } from './side-column.tsx';
import { SidebarContext } from './sidebar-context.ts';

/** Chat list and main column; on phones the list is a drawer. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const t = useTexts();
  const isNarrow = useMediaQuery(narrowQuery);
  const { pathname } = useLocation();
  const [isDrawerOpen, setIsDrawerOpen] = useState(false);
  const sidebar = useMemo(
    () => ({ isNarrow, openDrawer: () => setIsDrawerOpen(true), closeDrawer: () => setIsDrawerOpen(false) }),
    [isNarrow],
  );
  useSyncedPreferences();
  useViewportHeight();
  useEdgeSwipe(isNarrow && !isDrawerOpen, sidebar.openDrawer);
  return (
    <SidebarContext value={sidebar}>
      <Commands />
      <SkipLink to="main">{t.skip_to_content()}</SkipLink>
      {!isSettingsPath(pathname) && <SkipLink to="composer">{t.skip_to_composer()}</SkipLink>}
      <div className="frame">
        <SideColumn isDrawerOpen={isDrawerOpen} />
        <main id="main" tabIndex={-1} className="main">
          <ConnectionBanner />
          {children}
        </main>
      </div>
    </SidebarContext>
  );
}

/** Past the chat list. The address stays as it is: a fragment names a message. */
function SkipLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const go = (event: MouseEvent) => {
    event.preventDefault();
    (document.getElementById(to) ?? document.getElementById('main'))?.focus();
  };
  return (
    <a href={`#${to}`} className="skip-link" onClick={go}>
      {children}
    </a>
  );
}

/** What can be done by key and from the palette. */
function Commands() {
  usePageCommands();
  useShortcuts();
  return <CommandHost />;
}
