import type { ModelDto } from '@multimodel/contract';
import { RotateCcw } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { formatNumber } from '../chat/facts.ts';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { clampNumber } from './changed-settings.ts';

type NumberRange = NonNullable<ModelDto['parameters']['temperature']>;

interface NumberFieldProps {
  readonly label: string;
  readonly help: string;
  readonly range: NumberRange;
  /** Absent = the model's own. */
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** A slider for the feeling and a field for the figure; saved when let go, not at every step. */
export function NumberField({ label, help, range, value, onChange }: NumberFieldProps) {
  const t = useTexts();
  const language = useLanguage();
  const id = useId();
  const [text, setText] = useState(toText(value, language));
  useEffect(() => setText(toText(value, language)), [value, language]);
  const isChanged = value !== undefined && value !== range.default;
  const commit = () => {
    const number = Number(text.replace(',', '.'));
    if (text.trim() === '' || Number.isNaN(number)) {
      setText('');
      onChange(undefined);
      return;
    }
    const clamped = clampNumber(number, range);
    setText(toText(clamped, language));
    if (clamped !== value) onChange(clamped);
  };
  const usual =
    range.default === undefined ? t.settings_default_auto() : t.settings_default_value({ value: formatNumber(range.default, language) });
  const current = Number(text === '' ? (range.default ?? range.min) : text.replace(',', '.'));
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
        {isChanged && (
          <button
            type="button"
            className="reset-button"
            aria-label={t.settings_reset_one({ name: label })}
            title={usual}
            onClick={() => onChange(undefined)}
          >
            <RotateCcw size={14} aria-hidden />
          </button>
        )}
        <input
          id={id}
          className="number-input"
          inputMode="decimal"
          data-changed={isChanged || undefined}
          placeholder={range.default === undefined ? '' : formatNumber(range.default, language)}
          aria-describedby={`${id}-help`}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
      </div>
      <input
        type="range"
        className="range"
        aria-label={label}
        min={range.min}
        max={range.max}
        step={range.step ?? (range.max - range.min <= 2 ? 0.05 : 1)}
        value={Number.isNaN(current) ? range.min : current}
        onChange={(event) => setText(toText(Number(event.target.value), language))}
        onPointerUp={commit}
        onKeyUp={commit}
        onBlur={commit}
      />
      <p id={`${id}-help`} className="field-help">
        {help} {usual}.
      </p>
    </div>
  );
}

/** As people of the language write it, ready to be edited. */
function toText(value: number | undefined, language: 'ru' | 'en'): string {
  if (value === undefined) return '';
  return language === 'ru' ? String(value).replace('.', ',') : String(value);
}
