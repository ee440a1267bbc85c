import type { GenerationSettingsDto } from '@multimodel/contract';
import { useId } from 'react';
import { useTexts } from '../preferences/use-texts.ts';

type Effort = NonNullable<GenerationSettingsDto['reasoningEffort']>;

interface EffortFieldProps {
  readonly efforts: readonly Effort[];
  readonly value: Effort | undefined;
  readonly onChange: (value: Effort | undefined) => void;
}

export function EffortField({ efforts, value, onChange }: EffortFieldProps) {
  const t = useTexts();
  const id = useId();
  const texts = { off: t.effort_off, low: t.effort_low, medium: t.effort_medium, high: t.effort_high };
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{t.settings_reasoning()}</label>
        <select
          id={id}
          className="select"
          data-changed={value !== undefined || undefined}
          aria-describedby={`${id}-help`}
          value={value ?? ''}
          onChange={(event) => onChange(efforts.find((effort) => effort === event.target.value))}
        >
          <option value="">{t.settings_default()}</option>
          {efforts.map((effort) => (
            <option key={effort} value={effort}>
              {texts[effort]()}
            </option>
          ))}
        </select>
      </div>
      <p id={`${id}-help`} className="field-help">
        {t.settings_reasoning_help()}
      </p>
    </div>
  );
}
