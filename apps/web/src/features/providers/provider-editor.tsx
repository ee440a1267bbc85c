import type { ProviderDto } from '@multimodel/contract';
import { Plug } from 'lucide-react';
import { type SubmitEvent, useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { FormFailure } from './form-failure.tsx';
import { NameFields } from './name-fields.tsx';
import { ProviderFields } from './provider-fields.tsx';
import type { ProviderForm } from './provider-form.ts';
import { useProviderTools } from './provider-tools.ts';
import { TestPanel } from './test-panel.tsx';
import { TrustRoot } from './trust-root.tsx';

interface ProviderEditorProps {
  readonly form: ProviderForm;
  readonly onSaved: (provider: ProviderDto) => void;
}

/** The form of one provider: fields, live test, save. Saving does not wait for the test to pass, and says how it went. */
export function ProviderEditor({ form, onSaved }: ProviderEditorProps) {
  const s = useSettingsTexts();
  const { actions } = useProviderTools();
  const element = useRef<HTMLFormElement>(null);
  const { isSaving } = useStore(form.store);
  const isDirty = useStore(form.store, () => form.isDirty);
  useUnsavedGuard(form);
  const focusFault = () => requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
  const test = async () => {
    if (!(await form.runTest())) focusFault();
    await actions.refresh();
  };
  // What was found before holds no more; a form that was not tested yet is not tested by itself.
  const testAgain = async () => {
    if (form.test.store.getState().state.kind !== 'idle') await test();
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const saved = await form.save();
    if (saved) onSaved(saved);
    else focusFault();
  };
  return (
    <form ref={element} className="provider-form" noValidate onSubmit={(event) => void submit(event)}>
      <NameFields form={form} />
      <ProviderFields form={form} />
      <TrustRoot pluginId={form.plugin.id} onTrusted={() => void testAgain()} />
      <FormFailure form={form} />
      <div className="form-buttons">
        <button type="submit" className="button button-primary" disabled={isSaving || !(isDirty || !form.provider)}>
          {isSaving ? s.form_saving() : s.form_save()}
        </button>
        <button type="button" className="button button-quiet" onClick={() => void test()}>
          <Plug size={16} aria-hidden />
          {s.test_run()}
        </button>
        {isDirty && (
          <button type="button" className="button button-quiet" onClick={() => form.reset()}>
            {s.form_reset()}
          </button>
        )}
      </div>
      <SavedNote form={form} />
      <TestPanel test={form.test} onRetry={() => void test()} />
    </form>
  );
}

function SavedNote({ form }: { readonly form: ProviderForm }) {
  const s = useSettingsTexts();
  const { isSaved } = useStore(form.store);
  const { state } = useStore(form.test.store);
  const isBad = state.kind === 'failed' || (state.kind === 'done' && !state.result.ok);
  return (
    <p role="status" className="min-h-5 text-sm text-muted">
      {isSaved ? (isBad ? s.form_saved_but() : s.form_saved()) : ''}
    </p>
  );
}

/** Leaving loses nothing: the form keeps what was typed, and a notice leads back. Only the end of the page would, and it asks. */
function useUnsavedGuard(form: ProviderForm): void {
  const s = useSettingsTexts();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { notices } = useServices();
  const { actions, forms } = useProviderTools();
  const leave = useRef<() => void>(undefined);
  leave.current = () => {
    const isDeleted = form.provider && actions.hidden.getState().ids.has(form.provider.id);
    if (!form.isDirty || isDeleted || !forms.has(form)) return;
    const name = form.provider?.displayName ?? form.proposed?.displayName ?? form.plugin.displayName;
    notices.undoable(s.form_left({ name }), { undo: () => void navigate(pathname), commit: () => undefined });
  };
  useEffect(() => {
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      if (forms.hasUnsaved) event.preventDefault();
    };
    window.addEventListener('beforeunload', onBeforeUnload);
    return () => {
      window.removeEventListener('beforeunload', onBeforeUnload);
      leave.current?.();
    };
  }, [forms]);
}
