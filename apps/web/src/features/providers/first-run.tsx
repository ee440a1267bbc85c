import type { ProviderDto, ProviderPluginDto } from '@multimodel/contract';
import { CircleCheck } from 'lucide-react';
import { type SubmitEvent, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import type { FirstRun as FirstRunState } from '../../state/preferences-store.ts';
import { EmptyChat, Starters } from '../chat/empty-chat.tsx';
import { useChooseModel } from '../models/use-choose-model.ts';
import { modelsQuery } from '../models/use-models.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { FormFailure } from './form-failure.tsx';
import { LoadFailed, RowsSkeleton } from './load-states.tsx';
import { ProviderFields } from './provider-fields.tsx';
import type { ProviderForm } from './provider-form.ts';
import { usePlugins, useProviderTools } from './provider-tools.ts';
import { TestPanel } from './test-panel.tsx';

interface FirstRunProps {
  readonly conversation: Conversation;
  readonly onStart: (text: string) => void;
  readonly onEnd: (end: FirstRunState) => void;
}

interface Connected {
  readonly provider: ProviderDto;
  readonly modelName: string | undefined;
  readonly folder: string | undefined;
}

/** The first page of a fresh installation: try the demo at once, or connect YandexGPT right here. */
export function FirstRun({ conversation, onStart, onEnd }: FirstRunProps) {
  const s = useSettingsTexts();
  const [connected, setConnected] = useState<Connected>();
  if (connected) {
    return (
      <EmptyChat onStart={onStart}>
        <ConnectedNote connected={connected} />
      </EmptyChat>
    );
  }
  return (
    <div className="first-run">
      <div className="first-run-inner">
        <h2 className="empty-title">{s.first_title()}</h2>
        <div className="first-run-cards">
          <section className="first-run-card" aria-labelledby="first-run-demo">
            <h3 id="first-run-demo" className="card-title">
              {s.first_demo_title()}
            </h3>
            <p className="mb-4 text-muted">{s.first_demo_text()}</p>
            <Starters onStart={onStart} />
          </section>
          <section className="first-run-card" aria-labelledby="first-run-connect">
            <h3 id="first-run-connect" className="card-title">
              {s.first_connect_title()}
            </h3>
            <p className="mb-4 text-muted">{s.first_connect_text()}</p>
            <ConnectYandex conversation={conversation} onConnected={setConnected} />
          </section>
        </div>
        <p className="mt-5 text-center">
          <button type="button" className="button button-quiet" onClick={() => onEnd('dismissed')}>
            {s.first_dismiss()}
          </button>
          <span className="mt-1.5 block text-[13px] text-muted">{s.first_dismiss_help()}</span>
        </p>
      </div>
    </div>
  );
}

interface ConnectYandexProps {
  readonly conversation: Conversation;
  readonly onConnected: (connected: Connected) => void;
}

const pluginId = 'yandexgpt';

function ConnectYandex({ conversation, onConnected }: ConnectYandexProps) {
  const s = useSettingsTexts();
  const { forms } = useProviderTools();
  const { plugins, isPending, isFailed, retry } = usePlugins();
  const plugin = plugins.find(({ id }) => id === pluginId);
  if (isPending) return <RowsSkeleton />;
  if (isFailed) return <LoadFailed text={s.plugins_failed()} retry={retry} />;
  if (!plugin) return <Link to="/settings/providers/new">{s.providers_add()}</Link>;
  return <ConnectForm conversation={conversation} plugin={plugin} form={forms.open(plugin)} onConnected={onConnected} />;
}

interface ConnectFormProps extends ConnectYandexProps {
  readonly plugin: ProviderPluginDto;
  readonly form: ProviderForm;
}

function ConnectForm({ conversation, plugin, form, onConnected }: ConnectFormProps) {
  const s = useSettingsTexts();
  const element = useRef<HTMLFormElement>(null);
  const connect = useConnect({ conversation, plugin, form, onConnected });
  const { isSaving } = useStore(form.store);
  const { state } = useStore(form.test.store);
  const isBusy = isSaving || state.kind === 'running';
  const hasFailed = state.kind === 'failed' || (state.kind === 'done' && !state.result.ok);
  const run = async (isForced: boolean) => {
    if (isBusy || (await connect(isForced))) return;
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void run(false);
  };
  return (
    <form ref={element} noValidate onSubmit={submit}>
      <ProviderFields form={form} />
      <FormFailure form={form} />
      <TestPanel test={form.test} onRetry={() => void run(false)} />
      <div className="form-buttons">
        <button type="submit" className="button button-primary" disabled={isBusy}>
          {isSaving ? s.form_saving() : s.first_connect()}
        </button>
        {hasFailed && (
          <button type="button" className="button button-quiet" disabled={isBusy} onClick={() => void run(true)}>
            {s.first_save_anyway()}
          </button>
        )}
      </div>
    </form>
  );
}

/** Test, save, switch to the new model: one press. `isForced` leaves the test out. */
function useConnect({ conversation, plugin, form, onConnected }: ConnectFormProps): (isForced: boolean) => Promise<boolean> {
  const { client, queries, preferences } = useServices();
  const { actions, forms } = useProviderTools();
  const chooseModel = useChooseModel(conversation);
  return async (isForced) => {
    if (!isForced && !(await form.runTest())) return false;
    const { found } = form.store.getState();
    const provider = await form.save();
    if (!provider) return false;
    forms.forget(form);
    forms.open(plugin, provider);
    await actions.refresh();
    const models = await queries.query(modelsQuery(client)).catch(() => []);
    const model = models.find((candidate) => candidate.provider === provider.slug);
    if (model) chooseModel(model.id);
    const folder = provider.settings['folderId'];
    onConnected({
      provider,
      modelName: model?.name,
      folder: found.includes('folderId') && typeof folder === 'string' ? folder : undefined,
    });
    preferences.setState({ firstRun: 'over' });
    document.getElementById('composer')?.focus();
    return true;
  };
}

function ConnectedNote({ connected }: { readonly connected: Connected }) {
  const s = useSettingsTexts();
  const { provider, modelName, folder } = connected;
  return (
    <div className="connected-note" role="status">
      <CircleCheck size={18} className="mt-0.5 shrink-0 text-good" aria-hidden />
      <p>
        {modelName
          ? s.first_connected({ name: provider.displayName, model: modelName })
          : s.first_connected_no_models({ name: provider.displayName })}
        {folder && ` ${s.first_folder_found({ folder })}`}
      </p>
    </div>
  );
}
