import { limits } from '@multimodel/contract/limits';
import { useEffect, useId, useState } from 'react';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { Field, type SaveFault } from './field.tsx';
import { readLines, stopFault, toLines } from './stop-texts.ts';

interface StopFieldProps {
  readonly value: readonly string[] | undefined;
  readonly onChange: (value: string[] | undefined) => void;
  readonly saveFault?: SaveFault | undefined;
}

export function StopField({ value, onChange, saveFault }: StopFieldProps) {
  const s = useSettingsTexts();
  const id = useId();
  const lines = toLines(value);
  const [text, setText] = useState(lines);
  useEffect(() => setText(lines), [lines]);
  const fault = stopFault(readLines(text));
  const save = (written = text) => {
    const texts = readLines(written);
    if (stopFault(texts) || toLines(texts) === lines) return;
    onChange(texts && [...texts]);
  };
  const reset = () => {
    setText('');
    save('');
  };
  return (
    <Field
      id={id}
      label={s.settings_stop()}
      help={s.settings_stop_help()}
      onReset={value !== undefined || text !== '' ? reset : undefined}
      fault={
        (fault === 'too-many' && s.settings_stop_too_many({ count: limits.stopTexts })) ||
        (fault === 'too-long' && s.settings_stop_too_long({ count: limits.stopCharacters }))
      }
      saveFault={saveFault}
    >
      <textarea
        id={id}
        dir="auto"
        rows={2}
        spellCheck={false}
        className="text-area font-mono"
        data-changed={value !== undefined || undefined}
        aria-invalid={fault !== undefined || undefined}
        aria-describedby={`${id}-help`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => save()}
      />
    </Field>
  );
}
