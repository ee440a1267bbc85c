import type { ProviderDto, ProviderSettingFieldDto } from '@multimodel/contract';
import { ChevronRight, ExternalLink } from 'lucide-react';
import { useId, useState } from 'react';
import { useStore } from 'zustand';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { type ConnectGuide, type CredentialWay, connectGuides } from './connect-guide.ts';
import type { ProviderForm } from './provider-form.ts';
import { SettingField } from './setting-field.tsx';

/** All fields of the plugin: with a guide, the chosen way to a credential first; the rarely needed ones folded. */
export function ProviderFields({ form }: { readonly form: ProviderForm }) {
  const guide = connectGuides[form.plugin.id];
  if (guide && !form.provider) return <GuidedFields form={form} guide={guide} />;
  return <SplitFields form={form} isMain={(field) => isShownFirst(field, form.provider, guide)} />;
}

/** Of several credentials, the one that is in use. */
function isShownFirst({ name, isAdvanced }: ProviderSettingFieldDto, provider: ProviderDto | undefined, guide: ConnectGuide | undefined) {
  const isSet = provider?.secrets[name]?.isSet ?? provider?.settings[name] === true;
  const isCredential = guide?.others.includes(name) || guide?.ways.some(({ field }) => field === name);
  return isSet || !(isAdvanced || isCredential);
}

function GuidedFields({ form, guide }: { readonly form: ProviderForm; readonly guide: ConnectGuide }) {
  const s = useSettingsTexts();
  const group = useId();
  const { edits } = useStore(form.store);
  const typed = guide.ways.find(({ field }) => edits[field])?.field;
  const [chosen, setChosen] = useState(typed ?? guide.ways[0]?.field);
  const way = guide.ways.find(({ field }) => field === chosen);
  form.want(chosen === undefined || guide.others.some((name) => edits[name]) ? [] : [chosen]);
  const choose = (field: string) => {
    // A provider takes one credential; what was typed for the other way would be a second.
    for (const other of guide.ways) if (other.field !== field) form.restore(other.field);
    setChosen(field);
  };
  return (
    <>
      {guide.ways.length > 1 && (
        <fieldset className="choices">
          <legend className="mb-2 font-medium">{s.guide_ways()}</legend>
          <div className="choice-row">
            {guide.ways.map(({ field, title }) => (
              <label key={field} className="choice">
                <input type="radio" name={group} className="sr-only" checked={field === chosen} onChange={() => choose(field)} />
                {title()}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {way && <Steps way={way} />}
      <SplitFields
        form={form}
        isMain={({ name }) => name === chosen || guide.also.includes(name)}
        isLeftOut={({ name }) => name !== chosen && guide.ways.some(({ field }) => field === name)}
      />
    </>
  );
}

function Steps({ way }: { readonly way: CredentialWay }) {
  const s = useSettingsTexts();
  const language = useLanguage();
  return (
    <div className="steps">
      <p className="text-muted">{way.note()}</p>
      <ol>
        {way.steps.map(({ text, link }) => (
          <li key={text()}>
            {text()}
            {link && (
              <>
                {' '}
                <a href={link.url[language]} target="_blank" rel="noreferrer" className="outside-link">
                  {link.label()}
                  <ExternalLink size={13} role="img" aria-label={s.guide_new_tab()} />
                </a>
              </>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What decides on the other fields stands first, then what nobody can guess. */
function rankOf({ choiceFacts, isSecret }: ProviderSettingFieldDto): number {
  return choiceFacts ? 0 : isSecret ? 1 : 2;
}

interface SplitFieldsProps {
  readonly form: ProviderForm;
  readonly isMain: (field: ProviderSettingFieldDto) => boolean;
  readonly isLeftOut?: ((field: ProviderSettingFieldDto) => boolean) | undefined;
}

function SplitFields({ form, isMain, isLeftOut = () => false }: SplitFieldsProps) {
  const s = useSettingsTexts();
  const { errors, edits } = useStore(form.store);
  const fields = form.plugin.fields.filter((field) => !isLeftOut(field));
  const main = fields.filter(isMain).toSorted((a, b) => rankOf(a) - rankOf(b));
  const rest = fields.filter((field) => !isMain(field));
  const [isOpen, setIsOpen] = useState(() => rest.some(({ name }) => edits[name]));
  // A fault must be seen where it stands, and mending it must not fold the field away.
  if (!isOpen && rest.some(({ name }) => errors[name])) setIsOpen(true);
  return (
    <>
      {main.map((field) => (
        <SettingField key={field.name} form={form} field={field} />
      ))}
      {rest.length > 0 && (
        <div className="form-more">
          <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            <ChevronRight size={15} aria-hidden className="fold-mark" />
            {s.form_more()}
          </button>
          {isOpen && (
            <div className="mt-4">
              {rest.map((field) => (
                <SettingField key={field.name} form={form} field={field} />
              ))}
            </div>
          )}
        </div>
      )}
    </>
  );
}
