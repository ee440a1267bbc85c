import { limits } from '@multimodel/contract/limits';
import { useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { FieldErrorText } from './field-frame.tsx';
import { nameField, type ProviderForm, slugField } from './provider-form.ts';
import { TextInput } from './text-input.tsx';

/** How it is called in lists and, for a new one, in front of the names of its models. */
export function NameFields({ form }: { readonly form: ProviderForm }) {
  const s = useSettingsTexts();
  const id = useId();
  const { name, errors } = useStore(form.store);
  const proposed = useStore(form.store, () => form.proposed?.displayName);
  const error = errors[nameField];
  return (
    <>
      <div className="form-field">
        <label htmlFor={id} className="form-label">
          {s.form_name()}
        </label>
        <TextInput
          id={id}
          aria-describedby={error ? `${id}-error` : undefined}
          aria-invalid={error ? true : undefined}
          value={name ?? form.provider?.displayName ?? ''}
          placeholder={form.provider?.displayName ?? proposed ?? form.plugin.displayName}
          onChange={(text) => form.rename(text.slice(0, limits.providerNameCharacters))}
        />
        <FieldErrorText id={`${id}-error`} error={error} />
      </div>
      {!form.provider && <SlugField form={form} />}
    </>
  );
}

/** Few care for it, but it never changes: it is told, and a press away. */
function SlugField({ form }: { readonly form: ProviderForm }) {
  const s = useSettingsTexts();
  const id = useId();
  const { slug, errors } = useStore(form.store);
  const proposed = useStore(form.store, () => form.proposed?.slug);
  const error = errors[slugField];
  const [isAsked, setIsAsked] = useState(false);
  const shown = slug?.trim() || proposed;
  const box = useRef<HTMLDivElement>(null);
  // The button that asked for it is gone.
  useEffect(() => {
    if (isAsked) box.current?.querySelector('input')?.focus();
  }, [isAsked]);
  if (!(isAsked || error || slug)) {
    return shown === undefined ? null : (
      <p className="field-help -mt-3 mb-5">
        {s.form_slug_is({ slug: shown })}{' '}
        <button type="button" className="link-button" onClick={() => setIsAsked(true)}>
          {s.form_slug_change()}
        </button>
      </p>
    );
  }
  return (
    <div ref={box} className="form-field">
      <label htmlFor={id} className="form-label">
        {s.form_slug()}
      </label>
      <TextInput
        id={id}
        aria-describedby={error ? `${id}-error ${id}-help` : `${id}-help`}
        aria-invalid={error ? true : undefined}
        value={slug ?? ''}
        placeholder={proposed ?? form.plugin.id}
        onChange={(text) => form.renameSlug(text)}
      />
      <FieldErrorText id={`${id}-error`} error={error} />
      <p id={`${id}-help`} className="field-help">
        {s.form_slug_help()}
      </p>
    </div>
  );
}
