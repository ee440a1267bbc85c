import type { ProviderSettingFieldDto } from '@multimodel/contract';
import { type ReactNode, useId } from 'react';
import { useStore } from 'zustand';
import { Switch } from '../../ui/switch.tsx';
import { formatNumber } from '../chat/facts.ts';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { shownFlag, shownText } from './field-edit.ts';
import type { FieldError, ProviderForm } from './provider-form.ts';
import { SecretField } from './secret-field.tsx';
import { TextInput } from './text-input.tsx';

export interface SettingFieldProps {
  readonly form: ProviderForm;
  readonly field: ProviderSettingFieldDto;
}

/** One field of a plugin's settings, whatever plugin it is. */
export function SettingField(props: SettingFieldProps) {
  const { field } = props;
  if (field.isSecret) return <SecretField {...props} />;
  if (field.kind === 'boolean') return <FlagField {...props} />;
  if (field.kind === 'choice') return <ChoiceField {...props} />;
  return <PlainField {...props} />;
}

function PlainField({ form, field }: SettingFieldProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const { edits, found } = useStore(form.store);
  const isFound = found.includes(field.name);
  return (
    <FieldFrame form={form} field={field} note={isFound ? s.field_found() : undefined}>
      {(control) => (
        <TextInput
          {...control}
          value={shownText(field, edits, form.provider)}
          isLong={field.kind === 'json'}
          inputMode={field.kind === 'number' ? 'decimal' : undefined}
          placeholder={placeholderOf(field, language)}
          onChange={(text) => form.edit(field.name, { kind: 'text', text })}
        />
      )}
    </FieldFrame>
  );
}

function placeholderOf(field: ProviderSettingFieldDto, language: 'ru' | 'en'): string {
  if (field.default === undefined) return '';
  return typeof field.default === 'number' ? formatNumber(field.default, language) : String(field.default);
}

function ChoiceField({ form, field }: SettingFieldProps) {
  const s = useSettingsTexts();
  const { edits } = useStore(form.store);
  const usual = field.default === undefined ? '' : String(field.default);
  return (
    <FieldFrame form={form} field={field}>
      {(control) => (
        <select
          {...control}
          className="form-input"
          value={shownText(field, edits, form.provider)}
          onChange={(event) => form.edit(field.name, { kind: 'text', text: event.target.value })}
        >
          <option value="">{usual === '' ? s.field_not_chosen() : s.field_usual({ value: usual })}</option>
          {field.choices?.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}

function FlagField({ form, field }: SettingFieldProps) {
  const language = useLanguage();
  const id = useId();
  const { edits, errors } = useStore(form.store);
  return (
    <div className="form-field">
      <label htmlFor={id} className="settings-row">
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{field.label[language]}</span>
          {field.help && <span className="field-help mt-0 block">{field.help[language]}</span>}
        </span>
        <Switch
          id={id}
          aria-describedby={errors[field.name] ? `${id}-error` : undefined}
          checked={shownFlag(field, edits, form.provider)}
          onSwitch={(isOn) => form.edit(field.name, { kind: 'flag', isOn })}
        />
      </label>
      <FieldErrorText id={`${id}-error`} error={errors[field.name]} />
    </div>
  );
}

export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-required'?: true | undefined;
}

interface FieldFrameProps extends SettingFieldProps {
  readonly note?: string | undefined;
  readonly children: (control: ControlProps) => ReactNode;
}

/** Label, control, help and what is wrong with it. */
export function FieldFrame({ form, field, note, children }: FieldFrameProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const id = useId();
  const error = useStore(form.store, (state) => state.errors[field.name]);
  const described = [error && `${id}-error`, note && `${id}-note`, field.help && `${id}-help`].filter(Boolean).join(' ');
  return (
    <div className="form-field">
      <label htmlFor={id} className="form-label">
        {field.label[language]}
        {!field.isRequired && field.default === undefined && <span className="font-normal text-muted"> · {s.field_optional()}</span>}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
        'aria-required': field.isRequired || undefined,
      })}
      <FieldErrorText id={`${id}-error`} error={error} />
      {note && (
        <p id={`${id}-note`} role="status" className="field-note">
          {note}
        </p>
      )}
      {field.help && (
        <p id={`${id}-help`} className="field-help">
          {field.help[language]}
        </p>
      )}
    </div>
  );
}

export function FieldErrorText({ id, error }: { readonly id: string; readonly error: FieldError | undefined }) {
  const s = useSettingsTexts();
  if (!error) return null;
  const faults = { required: s.fault_required, not_number: s.fault_not_number, not_json: s.fault_not_json };
  return (
    <p id={id} className="field-error">
      {'fault' in error ? faults[error.fault]() : error.text}
    </p>
  );
}
