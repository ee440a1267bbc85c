import { Wifi, WifiOff } from 'lucide-react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { useTexts } from '../preferences/use-texts.ts';

/** A thin bar while the server is away, and a word when it is back. */
export function ConnectionBanner() {
  const t = useTexts();
  const state = useStore(useServices().connection.store, (connection) => connection.state);
  const texts = { online: '', offline: t.connection_offline(), unreachable: t.connection_unreachable(), restored: t.connection_restored() };
  const Icon = state === 'restored' ? Wifi : WifiOff;
  return (
    <div role="status" className="connection" data-state={state}>
      {state !== 'online' && (
        <>
          <Icon size={15} aria-hidden className="shrink-0" />
          {texts[state]}
        </>
      )}
    </div>
  );
}
