import { limits } from '@multimodel/contract/limits';
import { useId } from 'react';
import { formatNumber } from '../chat/facts.ts';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { Field, type SaveFault } from './field.tsx';
import { useNumberText } from './use-number-text.ts';

interface SeedFieldProps {
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly saveFault?: SaveFault | undefined;
}

const range = { min: 0, max: limits.seed, step: 1 };

export function SeedField({ value, onChange, saveFault }: SeedFieldProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const id = useId();
  const number = useNumberText(range, value, onChange);
  return (
    <Field
      id={id}
      label={s.settings_seed()}
      help={s.settings_seed_help()}
      onReset={value !== undefined || number.isFaulty ? number.reset : undefined}
      fault={number.isFaulty && s.settings_out_of_range({ min: '0', max: formatNumber(limits.seed, language) })}
      saveFault={saveFault}
      side={
        <input
          id={id}
          className="number-input"
          inputMode="numeric"
          autoComplete="off"
          data-changed={value !== undefined || undefined}
          aria-invalid={number.isFaulty || undefined}
          aria-describedby={`${id}-help`}
          placeholder={s.settings_seed_any()}
          value={number.text}
          onChange={(event) => number.setText(event.target.value)}
          onBlur={() => number.commit()}
          onKeyDown={(event) => event.key === 'Enter' && number.commit()}
        />
      }
    />
  );
}
