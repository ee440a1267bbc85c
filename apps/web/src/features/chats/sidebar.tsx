import { PanelLeftClose, Settings, SquarePen } from 'lucide-react';
import { Link } from 'react-router';
import { useServices } from '../../app/services-context.ts';
import { useSidebar } from '../../app/sidebar-context.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { UnsentChats } from '../outbox/unsent-chats.tsx';
import { PreferencesMenu } from '../preferences/preferences-menu.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { ChatList } from './chat-list.tsx';
import { useNewChat } from './use-new-chat.ts';

export function Sidebar() {
  const t = useTexts();
  const newChat = useNewChat();
  const { preferences } = useServices();
  const { isNarrow, closeDrawer } = useSidebar();
  const hide = () => (isNarrow ? closeDrawer() : preferences.setState({ isSidebarOpen: false }));
  return (
    <nav className="sidebar" data-region aria-label={t.chats_nav()}>
      <div className="sidebar-head">
        <span className="brand">{t.app_name()}</span>
        <IconButton label={t.sidebar_close()} onClick={hide}>
          <PanelLeftClose size={18} aria-hidden />
        </IconButton>
      </div>
      <button type="button" className="new-chat" onClick={newChat} aria-keyshortcuts="Control+Shift+O Meta+Shift+O">
        <SquarePen size={17} aria-hidden />
        {t.new_chat()}
      </button>
      <UnsentChats />
      <ChatList />
      <div className="sidebar-foot">
        <Link to="/settings" className="foot-button" onClick={closeDrawer}>
          <Settings size={17} aria-hidden />
          {t.settings_link()}
        </Link>
        <PreferencesMenu />
      </div>
    </nav>
  );
}
