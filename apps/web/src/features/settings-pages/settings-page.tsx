import { ChevronLeft, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { IconButton } from '../../ui/icon-button.tsx';
import { narrowQuery, useMediaQuery } from '../../ui/use-media-query.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { useCloseSettings } from './use-close-settings.ts';
import { useSettingsTexts } from './use-settings-texts.ts';

interface SettingsPageProps {
  readonly title: string;
  /** The page above this one; on phones the list of pages is above all. */
  readonly up?: string | undefined;
  /** The list of pages itself. */
  readonly isTop?: boolean | undefined;
  readonly children: ReactNode;
}

/** One page of the settings: title, way back, way out. */
export function SettingsPage({ title, up, isTop = false, children }: SettingsPageProps) {
  const t = useTexts();
  const s = useSettingsTexts();
  const close = useCloseSettings();
  const isNarrow = useMediaQuery(narrowQuery);
  const heading = useRef<HTMLHeadingElement>(null);
  const above = up ?? (isNarrow && !isTop ? '/settings' : undefined);
  useEffect(() => {
    document.title = `${title} · ${t.app_name()}`;
  }, [title, t]);
  useEffect(() => {
    // What was pressed to come here is often gone; then reading begins at the title.
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <header className="header">
        {above && (
          <Link to={above} className="icon-button" aria-label={s.pages_up()} title={s.pages_up()}>
            <ChevronLeft size={18} aria-hidden />
          </Link>
        )}
        <h1 ref={heading} tabIndex={-1} className="settings-title">
          {title}
        </h1>
        <div className="ms-auto">
          <IconButton label={s.pages_close()} aria-keyshortcuts="Escape" onClick={close}>
            <X size={18} aria-hidden />
          </IconButton>
        </div>
      </header>
      <div className="settings-scroll">
        <div className="settings-page">{children}</div>
      </div>
    </>
  );
}
