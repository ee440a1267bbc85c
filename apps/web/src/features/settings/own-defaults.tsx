import type { GenerationSettingsDto } from '@multimodel/contract';
import { useState } from 'react';
import { useChangeSettings, useUserSettings } from '../preferences/use-user-settings.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { differingSettings } from './changed-settings.ts';
import { SaveFaultLine } from './field.tsx';

interface OwnDefaultsProps {
  readonly settings: GenerationSettingsDto;
  readonly change: (settings: GenerationSettingsDto) => void;
}

const isEmpty = (settings: GenerationSettingsDto) => differingSettings(settings, {}).length === 0;

/** What new chats begin with: these values, one's own from before, or the model's. */
export function OwnDefaults({ settings, change }: OwnDefaultsProps) {
  const s = useSettingsTexts();
  const own = useUserSettings().data?.generation;
  const { saveGeneration } = useChangeSettings();
  const [failure, setFailure] = useState<{ readonly error: unknown; readonly wanted: GenerationSettingsDto }>();
  const [isSaving, setIsSaving] = useState(false);
  if (!own) return null;
  const save = async (wanted: GenerationSettingsDto) => {
    setIsSaving(true);
    setFailure(undefined);
    try {
      await saveGeneration(wanted);
    } catch (error) {
      setFailure({ error, wanted });
    } finally {
      setIsSaving(false);
    }
  };
  const isSame = differingSettings(settings, own).length === 0;
  const hasOwn = !isEmpty(own);
  const state = isSame && hasOwn ? s.own_defaults_same() : hasOwn ? s.own_defaults_other() : s.own_defaults_none();
  return (
    <section className="own-defaults" aria-label={s.own_defaults_title()}>
      <p className="field-help" role="status">
        {state}
      </p>
      <div className="flex flex-wrap gap-2">
        {!isSame && (
          <button type="button" className="button button-quiet" disabled={isSaving} onClick={() => void save(settings)}>
            {s.own_defaults_save()}
          </button>
        )}
        {!isSame && hasOwn && (
          <button type="button" className="button button-quiet" onClick={() => change(own)}>
            {s.own_defaults_take()}
          </button>
        )}
        {isSame && hasOwn && (
          <button type="button" className="button button-quiet" disabled={isSaving} onClick={() => void save({})}>
            {s.own_defaults_forget()}
          </button>
        )}
      </div>
      <div role="alert">{failure && <SaveFaultLine error={failure.error} retry={() => void save(failure.wanted)} />}</div>
    </section>
  );
}
