import { limits } from '@multimodel/contract/limits';
import { useEffect, useId, useState } from 'react';
import { useTexts } from '../preferences/use-texts.ts';

interface SystemPromptFieldProps {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

export function SystemPromptField({ value, onChange }: SystemPromptFieldProps) {
  const t = useTexts();
  const id = useId();
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  const save = () => {
    const next = text.trim() === '' ? undefined : text;
    if (next !== value) onChange(next);
  };
  return (
    <div className="field">
      <label htmlFor={id} className="field-head">
        {t.settings_system_prompt()}
      </label>
      <textarea
        id={id}
        dir="auto"
        rows={3}
        className="text-area"
        data-changed={value !== undefined || undefined}
        maxLength={limits.systemPromptCharacters}
        aria-describedby={`${id}-help`}
        placeholder={t.settings_system_prompt_placeholder()}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
      />
      <p id={`${id}-help`} className="field-help">
        {t.settings_system_prompt_help()}
      </p>
    </div>
  );
}
