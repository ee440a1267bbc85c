import { useId, useMemo } from 'react';
import { formatNumber } from '../chat/facts.ts';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { isInRange, type NumberRange } from './changed-settings.ts';
import { Field, type SaveFault } from './field.tsx';
import { numberScale } from './number-scale.ts';
import { type NumberText, useNumberText } from './use-number-text.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly help: string;
  readonly range: NumberRange;
  readonly isWhole?: boolean | undefined;
  /** Absent = the model's own. */
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly saveFault?: SaveFault | undefined;
}

/** A slider for the feeling and a field for the figure; saved when let go, not at every step. What the model does not take is said, not cut. */
export function NumberField({ label, help, range: given, isWhole = false, value, onChange, saveFault }: NumberFieldProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const id = useId();
  const range = useMemo(() => (isWhole ? { ...given, step: given.step ?? 1 } : given), [given, isWhole]);
  const number = useNumberText(range, value, onChange);
  const isChanged = value !== undefined && value !== range.default;
  const isOutside = !number.isFaulty && value !== undefined && !isInRange(value, range);
  const bounds = { min: formatNumber(range.min, language), max: formatNumber(range.max, language) };
  const usual =
    range.default === undefined ? s.settings_default_auto() : s.settings_default_value({ value: formatNumber(range.default, language) });
  return (
    <Field
      id={id}
      label={label}
      help={`${help} ${usual}.`}
      onReset={isChanged || number.isFaulty ? number.reset : undefined}
      fault={
        (number.isFaulty && s.settings_out_of_range(bounds)) || (isOutside && <Outside range={range} value={value} onChange={onChange} />)
      }
      saveFault={saveFault}
      side={
        <input
          id={id}
          className="number-input"
          inputMode="decimal"
          autoComplete="off"
          data-changed={isChanged || undefined}
          aria-invalid={number.isFaulty || isOutside || undefined}
          placeholder={range.default === undefined ? '' : formatNumber(range.default, language)}
          aria-describedby={`${id}-help`}
          value={number.text}
          onChange={(event) => number.setText(event.target.value)}
          onBlur={() => number.commit()}
          onKeyDown={(event) => event.key === 'Enter' && number.commit()}
        />
      }
    >
      <Slider label={s.settings_slider({ name: label })} range={range} isWhole={isWhole} number={number} usual={usual} />
    </Field>
  );
}

/** Set for another model: kept, said, and mended with one press. */
function Outside({ range, value, onChange }: Pick<NumberFieldProps, 'range' | 'onChange'> & { readonly value: number }) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const nearest = value > range.max ? range.max : range.min;
  const shown = (number: number) => formatNumber(number, language);
  return (
    <>
      {s.settings_outside_model({ min: shown(range.min), max: shown(range.max), value: shown(value) })}{' '}
      <button type="button" className="link-button" onClick={() => onChange(nearest)}>
        {s.settings_take_nearest({ value: shown(nearest) })}
      </button>
    </>
  );
}

interface SliderProps {
  readonly label: string;
  readonly range: NumberRange;
  readonly isWhole: boolean;
  readonly number: NumberText;
  readonly usual: string;
}

function Slider({ label, range, isWhole, number, usual }: SliderProps) {
  const language = useLanguage();
  const scale = useMemo(() => numberScale(range), [range]);
  const set = number.written ?? range.default;
  // Where nothing is set: no limit for what is counted, the middle for what is measured.
  const current = set ?? (isWhole ? range.max : (range.min + range.max) / 2);
  const slide = (place: number) => {
    const value = String(scale.toValue(place));
    number.setText(language === 'ru' ? value.replace('.', ',') : value);
  };
  return (
    <input
      type="range"
      className="range"
      aria-label={label}
      data-unset={set === undefined || undefined}
      aria-valuetext={number.written === undefined ? usual : formatNumber(current, language)}
      min={0}
      max={scale.steps}
      step={1}
      value={scale.toPlace(current)}
      onChange={(event) => slide(Number(event.target.value))}
      onPointerUp={() => number.commit()}
      onKeyUp={() => number.commit()}
      onBlur={() => number.commit()}
    />
  );
}
