import { ChevronRight } from 'lucide-react';
import { Link } from 'react-router';
import { useLanguage } from '../preferences/use-texts.ts';
import { SettingsPage } from '../settings-pages/settings-page.tsx';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { BrokenPlugins } from './broken-plugins.tsx';
import { LoadFailed, RowsSkeleton } from './load-states.tsx';
import { usePlugins } from './provider-tools.ts';

/** What can be connected. */
export function ChoosePluginPage() {
  const s = useSettingsTexts();
  const language = useLanguage();
  const { plugins, broken, isPending, isFailed, retry } = usePlugins();
  const offered = plugins.filter(({ isDemo }) => !isDemo);
  return (
    <SettingsPage title={s.choose_title()} up="/settings/providers">
      <BrokenPlugins broken={broken} />
      {isPending && <RowsSkeleton />}
      {isFailed && <LoadFailed text={s.plugins_failed()} retry={retry} />}
      {!isPending && !isFailed && offered.length === 0 && <p className="empty-note">{s.choose_empty()}</p>}
      <ul className="provider-list">
        {offered.map(({ id, displayName, about }) => (
          <li key={id}>
            <Link
              to={`/settings/providers/new/${id}`}
              className="plugin-link"
              aria-label={displayName}
              aria-describedby={about && `about-${id}`}
            >
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{displayName}</span>
                {about && (
                  <span id={`about-${id}`} className="block text-sm text-muted">
                    {about[language]}
                  </span>
                )}
              </span>
              <ChevronRight size={17} aria-hidden className="text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </SettingsPage>
  );
}
