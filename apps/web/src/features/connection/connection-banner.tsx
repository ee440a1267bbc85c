import { RotateCcw, Wifi, WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Connection } from '../../state/connection-store.ts';
import { useTexts } from '../preferences/use-texts.ts';

/** A thin bar while the server is away, and a word when it is back. */
export function ConnectionBanner() {
  const { connection, release } = useServices();
  const current = useStore(connection.store);
  const isOutdated = useStore(release.store, (state) => state.isOutdated);
  const shown = current.state === 'online' && isOutdated ? 'outdated' : current.state;
  return (
    <div className="connection" data-state={shown}>
      <div role="status" className="contents">
        {shown !== 'online' && <BannerText connection={current} isOutdated={shown === 'outdated'} />}
      </div>
      {connection.isAway && <NextTry retryAt={current.retryAt} retry={() => connection.retryNow()} />}
      {shown === 'outdated' && <ReloadButton />}
    </div>
  );
}

function BannerText({ connection, isOutdated }: { readonly connection: Connection; readonly isOutdated: boolean }) {
  const t = useTexts();
  const Icon = connection.state === 'restored' ? Wifi : WifiOff;
  if (isOutdated) return <span>{t.release_outdated()}</span>;
  const restored = connection.isRestarted ? t.connection_restarted() : t.connection_restored();
  const texts = { online: '', offline: t.connection_offline(), unreachable: t.connection_unreachable(), restored };
  const more = { online: '', offline: t.connection_offline_more(), unreachable: t.connection_unreachable_more(), restored: '' };
  return (
    <>
      <Icon size={15} aria-hidden className="shrink-0" />
      <span>
        {texts[connection.state]}
        {/* On a phone the bar is one line; who cannot see it hears all of it. */}
        {more[connection.state] !== '' && <span className="max-sm:sr-only"> {more[connection.state]}</span>}
      </span>
    </>
  );
}

/** Counts for the eye only: a screen reader would have to listen to every second. */
function NextTry({ retryAt, retry }: { readonly retryAt: number | undefined; readonly retry: () => void }) {
  const t = useTexts();
  const now = useNow();
  const seconds = retryAt === undefined ? undefined : Math.max(1, Math.ceil((retryAt - now) / 1000));
  return (
    <>
      <span aria-hidden className="connection-next">
        {seconds === undefined ? t.connection_trying() : t.connection_next({ seconds })}
      </span>
      <button type="button" className="connection-action" disabled={seconds === undefined} onClick={retry}>
        {t.connection_now()}
      </button>
    </>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 500);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}

/** Whatever is typed is saved when the page goes away. */
function ReloadButton() {
  const t = useTexts();
  return (
    <button type="button" className="connection-action" onClick={() => window.location.reload()}>
      <RotateCcw size={14} aria-hidden />
      {t.crash_reload()}
    </button>
  );
}
