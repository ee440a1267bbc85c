import type { ProviderSettingFieldDto } from '@multimodel/contract';
import { ExternalLink } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useStore } from 'zustand';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { chosenFacts, type FactsOfField, factsOfField } from './choice-facts.ts';
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
  readonly note?: ReactNode;
  readonly children: (control: ControlProps) => ReactNode;
}

/** Label, control, help and what is wrong with it. */
export function FieldFrame({ form, field, note, children }: FieldFrameProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const id = useId();
  const { errors } = useStore(form.store);
  const error = errors[field.name];
  const facts = useFactsOfField({ form, field });
  const described = [error && `${id}-error`, note && `${id}-note`, field.help && `${id}-help`].filter(Boolean).join(' ');
  return (
    <div className="form-field">
      <label htmlFor={id} className="form-label">
        {isDuration(field) ? s.field_in_seconds({ label: withoutUnit(field.label[language]) }) : field.label[language]}
        {!form.isRequired(field) && !facts.isNeeded && field.default === undefined && (
          <span className="font-normal text-muted"> · {s.field_optional()}</span>
        )}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
        'aria-required': form.isRequired(field) || undefined,
      })}
      <FieldErrorText id={`${id}-error`} error={error} />
      {note && (
        <div id={`${id}-note`} role="status" className="field-note">
          {note}
        </div>
      )}
      {facts.link && (
        <p className="field-help">
          <a href={facts.link} target="_blank" rel="noreferrer" className="outside-link break-all">
            {s.field_made_at({ place: facts.link.replace(/^https?:\/\//, '') })}
            <ExternalLink size={13} role="img" aria-label={s.guide_new_tab()} />
          </a>
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

/** What the chosen service says of this field. */
export function useFactsOfField({ form, field }: SettingFieldProps): FactsOfField {
  const { edits } = useStore(form.store);
  return factsOfField(field.name, chosenFacts(form.plugin, edits, form.provider));
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
