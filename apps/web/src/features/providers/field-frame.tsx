import type { ProviderSettingFieldDto } from '@multimodel/contract';
import { type ReactNode, useId } from 'react';
import { useStore } from 'zustand';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { isDuration, withoutUnit } from './field-unit.ts';
import type { FieldError, ProviderForm } from './provider-form.ts';

export interface SettingFieldProps {
  readonly form: ProviderForm;
  readonly field: ProviderSettingFieldDto;
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
        {isDuration(field) ? s.field_in_seconds({ label: withoutUnit(field.label[language]) }) : field.label[language]}
        {!form.isRequired(field) && field.default === undefined && <span className="font-normal text-muted"> · {s.field_optional()}</span>}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
        'aria-required': form.isRequired(field) || undefined,
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
