import { limits } from '@multimodel/contract/limits';
import { useEffect, useId, useRef, useState } from 'react';
import { formatNumber } from '../chat/facts.ts';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { Field, type SaveFault } from './field.tsx';

interface SystemPromptFieldProps {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  /** Tokens of a text, by the rule that sending goes by; absent until it is known. */
  readonly countTokens?: ((text: string) => number) | undefined;
  readonly saveFault?: SaveFault | undefined;
}

const saveAfterMs = 800;

/** Saved after a pause in typing: a long instruction is not to be lost with the page. */
export function SystemPromptField({ value, onChange, countTokens, saveFault }: SystemPromptFieldProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const id = useId();
  const [text, setText] = useState(value ?? '');
  const reported = useRef(value);
  const timer = useRef(0);
  const unsaved = useRef<() => void>(undefined);
  useEffect(() => {
    if (value === reported.current) return;
    reported.current = value;
    setText(value ?? '');
  }, [value]);
  const save = (next: string) => {
    window.clearTimeout(timer.current);
    unsaved.current = undefined;
    const wanted = next.trim() === '' ? undefined : next;
    if (wanted === reported.current) return;
    reported.current = wanted;
    onChange(wanted);
  };
  const write = (next: string) => {
    setText(next);
    window.clearTimeout(timer.current);
    unsaved.current = () => save(next);
    timer.current = window.setTimeout(unsaved.current, saveAfterMs);
  };
  // Closed with the keyboard there is no blur before the panel is gone, and neither is there before a reload.
  useEffect(() => {
    const saveNow = () => unsaved.current?.();
    window.addEventListener('pagehide', saveNow);
    return () => {
      window.removeEventListener('pagehide', saveNow);
      saveNow();
    };
  }, []);
  const tokens = text === '' || !countTokens ? undefined : countTokens(text);
  const left = limits.systemPromptCharacters - text.length;
  const reset = () => {
    setText('');
    save('');
  };
  return (
    <Field
      id={id}
      label={s.settings_system_prompt()}
      help={
        <>
          {s.settings_system_prompt_help()}
          {tokens !== undefined && <> {s.settings_system_prompt_tokens({ count: tokens, shown: formatNumber(tokens, language) })}</>}
          {left < 1000 && <> {s.settings_system_prompt_left({ count: left, shown: formatNumber(left, language) })}</>}
        </>
      }
      onReset={value === undefined && text === '' ? undefined : reset}
      saveFault={saveFault}
    >
      <textarea
        id={id}
        dir="auto"
        rows={4}
        className="text-area system-prompt"
        data-changed={value !== undefined || undefined}
        maxLength={limits.systemPromptCharacters}
        aria-describedby={`${id}-help`}
        placeholder={s.settings_system_prompt_placeholder()}
        value={text}
        onChange={(event) => write(event.target.value)}
        onBlur={() => save(text)}
      />
    </Field>
  );
}
