import type { ProviderPluginDto } from '@multimodel/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { useServices } from '../../app/services-context.ts';
import { SettingsPage } from '../settings-pages/settings-page.tsx';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { LoadFailed, RowsSkeleton } from './load-states.tsx';
import { ProviderEditor } from './provider-editor.tsx';
import { usePlugins, useProviderTools } from './provider-tools.ts';
import { providersQuery } from './providers-query.ts';

export function NewProviderPage() {
  const s = useSettingsTexts();
  const { plugin: id } = useParams();
  const { plugins, isPending, isFailed, retry } = usePlugins();
  const plugin = plugins.find((candidate) => candidate.id === id);
  return (
    <SettingsPage title={plugin ? s.new_title({ name: plugin.displayName }) : s.choose_title()} up="/settings/providers">
      {isPending && <RowsSkeleton />}
      {isFailed && <LoadFailed text={s.plugins_failed()} retry={retry} />}
      {plugin && <NewProvider key={plugin.id} plugin={plugin} />}
      {!isPending && !isFailed && !plugin && <p className="empty-note">{s.plugin_missing({ name: id ?? '' })}</p>}
    </SettingsPage>
  );
}

function NewProvider({ plugin }: { readonly plugin: ProviderPluginDto }) {
  const navigate = useNavigate();
  const { actions, forms } = useProviderTools();
  const { data: others } = useQuery(providersQuery(useServices().client));
  const form = forms.open(plugin);
  if (others) form.standBeside(others);
  return (
    <ProviderEditor
      form={form}
      onSaved={(provider) => {
        forms.forget(form);
        const made = forms.open(plugin, provider);
        made.markSaved();
        void made.test.runStored(provider.id).then(() => actions.refresh());
        void actions.refresh();
        void navigate(`/settings/providers/${provider.id}`, { replace: true });
      }}
    />
  );
}
