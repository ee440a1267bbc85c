import type { ProviderSettingFieldDto } from '@multimodel/contract';
import { useId } from 'react';
import { useStore } from 'zustand';
import { SwitchRow } from '../../ui/switch-row.tsx';
import { formatNumber } from '../chat/facts.ts';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { chosenOf, groupChoices } from './choice-facts.ts';
import { shownFlag, shownText } from './field-edit.ts';
import { FieldErrorText, FieldFrame, type SettingFieldProps, useFactsOfField } from './field-frame.tsx';
import { shownNumber } from './field-unit.ts';
import { SecretField } from './secret-field.tsx';
import { TextInput } from './text-input.tsx';

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
  const { usual } = useFactsOfField({ form, field });
  return (
    <FieldFrame form={form} field={field} note={isFound ? s.field_found() : undefined}>
      {(control) => (
        <TextInput
          {...control}
          value={shownText(field, edits, form.provider)}
          isLong={field.kind === 'json'}
          inputMode={field.kind === 'number' ? 'decimal' : undefined}
          placeholder={usual ?? placeholderOf(field, language)}
          onChange={(text) => form.edit(field.name, { kind: 'text', text })}
        />
      )}
    </FieldFrame>
  );
}

function placeholderOf(field: ProviderSettingFieldDto, language: 'ru' | 'en'): string {
  if (field.default === undefined) return '';
  return typeof field.default === 'number' ? formatNumber(shownNumber(field, field.default), language) : String(field.default);
}

function ChoiceField({ form, field }: SettingFieldProps) {
  const s = useSettingsTexts();
  const { edits } = useStore(form.store);
  const language = useLanguage();
  const nameOf = (choice: string): string => field.choiceNames?.[choice] ?? choice;
  const isAlwaysChosen = field.choiceFacts !== undefined && field.default !== undefined;
  const usual = field.default === undefined ? '' : nameOf(String(field.default));
  return (
    <FieldFrame form={form} field={field} note={field.choiceFacts && <ChoiceNote form={form} field={field} />}>
      {(control) => (
        <select
          {...control}
          className="form-input"
          // Which service it is stands there in so many words.
          value={isAlwaysChosen ? chosenOf(field, edits, form.provider) : shownText(field, edits, form.provider)}
          onChange={(event) => form.edit(field.name, { kind: 'text', text: event.target.value })}
        >
          {!isAlwaysChosen && <option value="">{usual === '' ? s.field_not_chosen() : s.field_usual({ value: usual })}</option>}
          {groupChoices(field, language).map(({ title, choices }) => {
            const options = choices.map((choice) => (
              <option key={choice} value={choice}>
                {nameOf(choice)}
              </option>
            ));
            return title === undefined ? (
              options
            ) : (
              <optgroup key={title} label={title}>
                {options}
              </optgroup>
            );
          })}
        </select>
      )}
    </FieldFrame>
  );
}

/** What holds with the chosen one, what it needs, and what else is to know. */
function ChoiceNote({ form, field }: SettingFieldProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const { edits } = useStore(form.store);
  const facts = field.choiceFacts?.[chosenOf(field, edits, form.provider)];
  if (!facts) return null;
  const labelOf = (name: string): string => form.plugin.fields.find((other) => other.name === name)?.label[language] ?? name;
  const needed = facts.needs?.map(labelOf) ?? [];
  return (
    <>
      {Object.entries(facts.usual ?? {}).map(([name, value]) => (
        <p key={name} className="break-words">
          {labelOf(name)}: <span translate="no">{value}</span>
        </p>
      ))}
      {needed.length > 0 && <p>{s.choice_needs({ fields: needed.join(', ') })}</p>}
      {facts.note && <p className="break-words">{facts.note[language]}</p>}
    </>
  );
}

function FlagField({ form, field }: SettingFieldProps) {
  const language = useLanguage();
  const id = useId();
  const { edits, errors } = useStore(form.store);
  return (
    <div className="form-field">
      <SwitchRow
        title={field.label[language]}
        help={field.help?.[language]}
        describedBy={errors[field.name] ? `${id}-error` : undefined}
        checked={shownFlag(field, edits, form.provider)}
        onSwitch={(isOn) => form.edit(field.name, { kind: 'flag', isOn })}
      />
      <FieldErrorText id={`${id}-error`} error={errors[field.name]} />
    </div>
  );
}
