import type { ProviderDto, ProviderPluginDto } from '@multimodel/contract';
import { Plug, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useServices } from '../../app/services-context.ts';
import { Switch } from '../../ui/switch.tsx';
import { SettingsPage } from '../settings-pages/settings-page.tsx';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { LoadFailed, RowsSkeleton } from './load-states.tsx';
import { ProviderEditor } from './provider-editor.tsx';
import { ProviderFacts } from './provider-facts.tsx';
import { ProviderNotices } from './provider-notices.tsx';
import { ProviderSource, ProviderState } from './provider-state.tsx';
import { ProviderTest } from './provider-test.ts';
import { usePlugins, useProviders, useProviderTools } from './provider-tools.ts';
import { TestPanel } from './test-panel.tsx';
import { TrustRoot } from './trust-root.tsx';

/** By id, or by the name that stands in errors and models. */
export function ProviderPage() {
  const s = useSettingsTexts();
  const { id } = useParams();
  const { providers, isPending, isFailed, retry } = useProviders();
  const provider = providers.find((candidate) => candidate.id === id) ?? providers.find((candidate) => candidate.slug === id);
  return (
    <SettingsPage title={provider?.displayName ?? s.provider_title()} up="/settings/providers">
      {isPending && <RowsSkeleton />}
      {isFailed && <LoadFailed text={s.providers_failed()} retry={retry} />}
      {provider && <OneProvider key={provider.id} provider={provider} />}
      {!isPending && !isFailed && !provider && <p className="empty-note">{s.provider_missing()}</p>}
    </SettingsPage>
  );
}

function OneProvider({ provider }: { readonly provider: ProviderDto }) {
  const s = useSettingsTexts();
  const { actions } = useProviderTools();
  const { plugins, isPending } = usePlugins();
  const plugin = plugins.find(({ id }) => id === provider.plugin);
  const canSwitch = provider.source === 'user' || provider.source === 'built-in';
  return (
    <>
      <div className="provider-row mb-5">
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <ProviderState provider={provider} />
            <ProviderSource provider={provider} />
          </div>
          {canSwitch && (
            <Switch
              aria-label={s.providers_enabled({ name: provider.displayName })}
              checked={provider.isEnabled}
              onSwitch={(isOn) => void actions.setEnabled(provider, isOn)}
            />
          )}
        </div>
        <ProviderNotices provider={provider} />
        {provider.problem && provider.isEnabled && (
          <p className="mt-1 ps-4.5 text-[13px] break-words text-muted" translate="no">
            {provider.problem.message}
          </p>
        )}
      </div>
      {isPending && <RowsSkeleton />}
      {!isPending &&
        (plugin && provider.source === 'user' ? (
          <OwnProvider plugin={plugin} provider={provider} />
        ) : (
          <ForeignProvider plugin={plugin} provider={provider} />
        ))}
    </>
  );
}

function OwnProvider({ plugin, provider }: { readonly plugin: ProviderPluginDto; readonly provider: ProviderDto }) {
  const { actions, forms } = useProviderTools();
  const form = forms.open(plugin, provider);
  return (
    <>
      <ProviderEditor
        form={form}
        onSaved={(saved) => {
          void form.test.runStored(saved.id).then(() => actions.refresh());
          void actions.refresh();
        }}
      />
      <DeleteButton provider={provider} />
    </>
  );
}

/** Described elsewhere, or by a plugin that is gone: it can be looked at and tested. */
function ForeignProvider({ plugin, provider }: { readonly plugin: ProviderPluginDto | undefined; readonly provider: ProviderDto }) {
  const s = useSettingsTexts();
  const { client } = useServices();
  const { actions } = useProviderTools();
  const [test] = useState(() => new ProviderTest(client.providers));
  const runTest = async () => {
    await test.runStored(provider.id);
    await actions.refresh();
  };
  return (
    <>
      {!plugin && <p className="empty-note">{s.plugin_missing({ name: provider.plugin })}</p>}
      {plugin && <ProviderFacts plugin={plugin} provider={provider} />}
      {plugin && <TrustRoot pluginId={plugin.id} onTrusted={() => void runTest()} />}
      <div className="form-buttons">
        <button type="button" className="button button-quiet" disabled={!provider.isEnabled} onClick={() => void runTest()}>
          <Plug size={16} aria-hidden />
          {s.test_run()}
        </button>
      </div>
      <TestPanel test={test} onRetry={() => void runTest()} />
      {provider.source === 'user' && <DeleteButton provider={provider} />}
    </>
  );
}

function DeleteButton({ provider }: { readonly provider: ProviderDto }) {
  const s = useSettingsTexts();
  const navigate = useNavigate();
  const { actions } = useProviderTools();
  const page = `/settings/providers/${provider.id}`;
  const remove = () => {
    actions.delete(provider, () => void navigate(page));
    void navigate('/settings/providers');
  };
  return (
    <div className="danger-zone">
      <button type="button" className="button button-quiet text-danger" onClick={remove}>
        <Trash2 size={16} aria-hidden />
        {s.provider_delete()}
      </button>
      <p className="field-help">{s.provider_delete_help()}</p>
    </div>
  );
}
