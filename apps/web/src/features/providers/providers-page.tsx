import type { ProviderDto } from '@multimodel/contract';
import { Plus } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { SettingsPage } from '../settings-pages/settings-page.tsx';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { BrokenPlugins } from './broken-plugins.tsx';
import { LoadFailed, RowsSkeleton } from './load-states.tsx';
import { ProviderRow } from './provider-row.tsx';
import { usePlugins, useProviders, useProviderTools } from './provider-tools.ts';

export function ProvidersPage() {
  const s = useSettingsTexts();
  const { providers, isPending, isFailed, retry } = useProviders();
  const { broken } = usePlugins();
  const isOnlyDemo = providers.every(({ isDemo }) => isDemo);
  return (
    <SettingsPage title={s.providers_title()}>
      <p className="mb-4 text-muted">{s.providers_intro()}</p>
      <BrokenPlugins broken={broken} />
      {isPending && <RowsSkeleton />}
      {isFailed && <LoadFailed text={s.providers_failed()} retry={retry} />}
      {!isPending && !isFailed && (
        <>
          {isOnlyDemo && <p className="empty-note">{providers.length === 0 ? s.providers_empty() : s.providers_only_demo()}</p>}
          <ProviderList providers={providers} />
          <Link to="/settings/providers/new" className={`button mt-4 ${isOnlyDemo ? 'button-primary' : 'button-quiet'}`}>
            <Plus size={17} aria-hidden />
            {s.providers_add()}
          </Link>
        </>
      )}
    </SettingsPage>
  );
}

function ProviderList({ providers }: { readonly providers: readonly ProviderDto[] }) {
  const s = useSettingsTexts();
  const { actions } = useProviderTools();
  const { plugins } = usePlugins();
  const list = useRef<HTMLOListElement>(null);
  const [moved, setMoved] = useState('');
  const afterMove = useRef<{ readonly id: string; readonly step: 1 | -1 }>(undefined);
  // The row was taken out of the page and put back: the button that was pressed lost the focus. Only now is it known whether it can go on.
  useLayoutEffect(() => {
    const { id, step } = afterMove.current ?? {};
    afterMove.current = undefined;
    if (providers.length > 0 && id !== undefined && step !== undefined) focusAfterMove(list.current, id, step);
  }, [providers]);
  if (providers.length === 0) return null;
  const move = (provider: ProviderDto, step: 1 | -1) => {
    const place = providers.indexOf(provider) + step;
    if (!providers[place]) return;
    void actions.move(providers, provider, step);
    setMoved(s.providers_moved({ name: provider.displayName, place: place + 1, count: providers.length }));
    afterMove.current = { id: provider.id, step };
  };
  const remove = (provider: ProviderDto) => {
    const at = providers.indexOf(provider);
    const next = providers[at + 1] ?? providers[at - 1];
    actions.delete(provider);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-provider="${next?.id}"] a`)?.focus());
  };
  return (
    <>
      <ol ref={list} className="provider-list" aria-label={s.providers_title()}>
        {providers.map((provider, index) => (
          <ProviderRow
            key={provider.id}
            provider={provider}
            hasNamesakes={providers.some((other) => other !== provider && other.plugin === provider.plugin)}
            pluginName={plugins.find(({ id }) => id === provider.plugin)?.displayName ?? provider.plugin}
            canMoveUp={index > 0}
            canMoveDown={index < providers.length - 1}
            onMove={(step) => move(provider, step)}
            onDelete={() => remove(provider)}
          />
        ))}
      </ol>
      <p role="status" className="sr-only">
        {moved}
      </p>
    </>
  );
}

function focusAfterMove(list: HTMLOListElement | null, id: string, step: 1 | -1): void {
  const row = list?.querySelector(`[data-provider="${id}"]`);
  const wanted = row?.querySelector<HTMLButtonElement>(step < 0 ? '[data-move="up"]' : '[data-move="down"]');
  const other = row?.querySelector<HTMLButtonElement>(step < 0 ? '[data-move="down"]' : '[data-move="up"]');
  (wanted?.disabled ? other : wanted)?.focus();
}
