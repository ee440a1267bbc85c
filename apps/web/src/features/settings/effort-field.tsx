import type { GenerationSettingsDto } from '@multimodel/contract';
import { useId } from 'react';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { Field, type SaveFault } from './field.tsx';

type Effort = NonNullable<GenerationSettingsDto['reasoningEffort']>;

interface EffortFieldProps {
  readonly efforts: readonly Effort[];
  readonly value: Effort | undefined;
  readonly onChange: (value: Effort | undefined) => void;
  readonly saveFault?: SaveFault | undefined;
}

export function EffortField({ efforts, value, onChange, saveFault }: EffortFieldProps) {
  const s = useSettingsTexts();
  const id = useId();
  const texts = { off: s.effort_off, low: s.effort_low, medium: s.effort_medium, high: s.effort_high };
  const isUnknown = value !== undefined && !efforts.includes(value);
  return (
    <Field
      id={id}
      label={s.settings_reasoning()}
      help={s.settings_reasoning_help()}
      onReset={value === undefined ? undefined : () => onChange(undefined)}
      fault={isUnknown && s.settings_effort_unknown({ value: texts[value]() })}
      saveFault={saveFault}
      side={
        <select
          id={id}
          className="select"
          data-changed={value !== undefined || undefined}
          aria-invalid={isUnknown || undefined}
          aria-describedby={`${id}-help`}
          value={value ?? ''}
          onChange={(event) => onChange(efforts.find((effort) => effort === event.target.value))}
        >
          <option value="">{s.settings_default()}</option>
          {isUnknown && <option value={value}>{texts[value]()}</option>}
          {efforts.map((effort) => (
            <option key={effort} value={effort}>
              {texts[effort]()}
            </option>
          ))}
        </select>
      }
    />
  );
}
