import { ChevronRight } from 'lucide-react';
import { Link } from 'react-router';
import { SettingsPage } from '../settings-pages/settings-page.tsx';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { BrokenPlugins } from './broken-plugins.tsx';
import { LoadFailed, RowsSkeleton } from './load-states.tsx';
import { usePlugins } from './provider-tools.ts';

/** What can be connected. */
export function ChoosePluginPage() {
  const s = useSettingsTexts();
  const { plugins, broken, isPending, isFailed, retry } = usePlugins();
  const offered = plugins.filter(({ isDemo }) => !isDemo);
  return (
    <SettingsPage title={s.choose_title()} up="/settings/providers">
      <BrokenPlugins broken={broken} />
      {isPending && <RowsSkeleton />}
      {isFailed && <LoadFailed text={s.plugins_failed()} retry={retry} />}
      {!isPending && !isFailed && offered.length === 0 && <p className="empty-note">{s.choose_empty()}</p>}
      <ul className="provider-list">
        {offered.map(({ id, displayName }) => (
          <li key={id}>
            <Link to={`/settings/providers/new/${id}`} className="plugin-link">
              <span className="min-w-0 flex-1 font-medium">{displayName}</span>
              <ChevronRight size={17} aria-hidden className="text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </SettingsPage>
  );
}
