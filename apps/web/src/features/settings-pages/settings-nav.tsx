import { ArrowLeft } from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { useSettingsPlaces } from './settings-places.ts';
import { useCloseSettings } from './use-close-settings.ts';
import { useSettingsTexts } from './use-settings-texts.ts';

/** The list of pages: the sidebar on wide screens, a page of its own on phones. */
function SettingsLinks() {
  const { pathname } = useLocation();
  const places = useSettingsPlaces();
  const openPath = pathname.replace(/\/+$/, '') === '/settings' ? places[0]?.path : pathname;
  return (
    <ul className="settings-links">
      {places.map(({ path, title, icon: Icon }) => (
        <li key={path}>
          <Link to={path} className="settings-link" aria-current={openPath?.startsWith(path) ? 'page' : undefined}>
            <Icon size={17} aria-hidden />
            {title}
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function SettingsSidebar() {
  const s = useSettingsTexts();
  const close = useCloseSettings();
  return (
    <nav className="sidebar" aria-label={s.pages_title()}>
      <div className="sidebar-head">
        <span className="brand">{s.pages_title()}</span>
      </div>
      <SettingsLinks />
      <div className="sidebar-foot mt-auto">
        <button type="button" className="foot-button" onClick={close}>
          <ArrowLeft size={17} aria-hidden />
          {s.pages_back_to_chats()}
        </button>
      </div>
    </nav>
  );
}

export function SettingsIndex() {
  const s = useSettingsTexts();
  return (
    <nav aria-label={s.pages_title()}>
      <SettingsLinks />
    </nav>
  );
}
