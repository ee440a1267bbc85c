import type { ProviderDto, ProviderPluginDto, ProviderSettingFieldDto } from '@multimodel/contract';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';

interface ProviderFactsProps {
  readonly plugin: ProviderPluginDto;
  readonly provider: ProviderDto;
}

/** The settings of a provider that is not ours to change: only what was set. */
export function ProviderFacts({ plugin, provider }: ProviderFactsProps) {
  const language = useLanguage();
  const textOf = useFactText(provider);
  const rows = plugin.fields.map((field) => ({ field, text: textOf(field) })).filter(({ text }) => text !== undefined);
  if (rows.length === 0) return null;
  return (
    <dl className="provider-facts">
      {rows.map(({ field, text }) => (
        <div key={field.name}>
          <dt>{field.label[language]}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function useFactText(provider: ProviderDto): (field: ProviderSettingFieldDto) => string | undefined {
  const s = useSettingsTexts();
  const secretText = (name: string) => {
    const { isSet = false, lastFour } = provider.secrets[name] ?? {};
    if (!isSet) return undefined;
    return lastFour ? s.secret_set_ending({ ending: lastFour }) : s.secret_set();
  };
  return ({ name, isSecret }) => {
    if (isSecret) return secretText(name);
    const value = provider.settings[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'boolean') return value ? s.value_yes() : s.value_no();
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
}
