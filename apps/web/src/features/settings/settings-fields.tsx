import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { EffortField } from './effort-field.tsx';
import { NumberField } from './number-field.tsx';
import { PresetsField } from './presets-field.tsx';
import { SeedField } from './seed-field.tsx';
import { StopField } from './stop-field.tsx';
import { UnusedSettings } from './unused-settings.tsx';
import type { SettingsForm } from './use-settings-form.ts';

/** Only what this model understands; what is kept for others stands apart. */
export function SettingsFields({ form }: { readonly form: SettingsForm }) {
  const s = useSettingsTexts();
  const { settings, set, saveFault, change } = form;
  const { temperature, maxOutputTokens, topP, seed, stop, reasoningEffort } = form.parameters ?? {};
  const hasNone = form.parameters && Object.values(form.parameters).every((parameter) => !parameter);
  return (
    <>
      {form.parameters && <PresetsField settings={settings} parameters={form.parameters} change={change} />}
      {temperature && (
        <NumberField
          label={s.settings_temperature()}
          help={s.settings_temperature_help()}
          range={temperature}
          value={settings.temperature}
          onChange={(value) => set('temperature', value)}
          saveFault={saveFault('temperature')}
        />
      )}
      {maxOutputTokens && (
        <NumberField
          label={s.settings_length()}
          help={s.settings_length_help()}
          range={maxOutputTokens}
          isWhole
          value={settings.maxOutputTokens}
          onChange={(value) => set('maxOutputTokens', value)}
          saveFault={saveFault('maxOutputTokens')}
        />
      )}
      {reasoningEffort && (
        <EffortField
          efforts={reasoningEffort}
          value={settings.reasoningEffort}
          onChange={(value) => set('reasoningEffort', value)}
          saveFault={saveFault('reasoningEffort')}
        />
      )}
      {topP && (
        <NumberField
          label={s.settings_top_p()}
          help={s.settings_top_p_help()}
          range={topP}
          value={settings.topP}
          onChange={(value) => set('topP', value)}
          saveFault={saveFault('topP')}
        />
      )}
      {stop && <StopField value={settings.stop} onChange={(value) => set('stop', value)} saveFault={saveFault('stop')} />}
      {seed && <SeedField value={settings.seed} onChange={(value) => set('seed', value)} saveFault={saveFault('seed')} />}
      {hasNone && <p className="text-sm text-muted">{s.settings_unsupported()}</p>}
      <UnusedSettings settings={settings} parameters={form.parameters} change={change} />
    </>
  );
}
