import { type ComponentType, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { m } from '../../paraglide/messages.js';

const load = () => import('./command-layers.tsx');

/** The palette and the sheet of keys: fetched once the page rests, or when first asked for. */
export function CommandHost() {
  const { commands, notices } = useServices();
  const isWanted = useStore(commands.store, ({ layer }) => layer !== undefined);
  const [Layers, setLayers] = useState<ComponentType>();

  useEffect(() => {
    if (typeof requestIdleCallback !== 'function') return;
    // Nobody waits for it yet: should it fail, the key tries again.
    const handle = requestIdleCallback(() => void load().catch(() => undefined), { timeout: 5_000 });
    return () => cancelIdleCallback(handle);
  }, []);
  useEffect(() => {
    if (!isWanted || Layers) return;
    load().then(
      ({ CommandLayers }) => setLayers(() => CommandLayers),
      () => {
        commands.show(undefined);
        notices.failure(m.network_title());
      },
    );
  }, [isWanted, Layers, commands, notices]);

  return Layers ? <Layers /> : null;
}
