import { useEffect, useState } from 'react';
import type { Language } from '../chat/facts.ts';
import { useLanguage } from '../preferences/use-texts.ts';
import { type NumberRange, readNumber } from './changed-settings.ts';

export interface NumberText {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** The text stands for no number that could be saved. */
  readonly isFaulty: boolean;
  /** What the text stands for; absent = nothing. */
  readonly written: number | undefined;
  readonly commit: (text?: string) => void;
  readonly reset: () => void;
}

/** A number as it is being written: saved when it can be, kept as it is when not. */
export function useNumberText(range: NumberRange, value: number | undefined, onChange: (value: number | undefined) => void): NumberText {
  const language = useLanguage();
  const [text, setText] = useState(toText(value, language));
  const [isFaulty, setIsFaulty] = useState(false);
  useEffect(() => {
    setText(toText(value, language));
    setIsFaulty(false);
  }, [value, language]);
  const commit = (entered = text) => {
    const read = readNumber(entered, range);
    // A value of before that is out of this model's range is another matter, told by the field.
    if (typeof read === 'string') return setIsFaulty(value === undefined || entered !== toText(value, language));
    setIsFaulty(false);
    setText(toText(read.value, language));
    if (read.value !== value) onChange(read.value);
  };
  const read = readNumber(text, range);
  return {
    text,
    setText: (next) => {
      setText(next);
      setIsFaulty(false);
    },
    isFaulty,
    written: typeof read === 'string' ? value : read.value,
    commit,
    reset: () => commit(''),
  };
}

/** As people of the language write it, ready to be edited. */
function toText(value: number | undefined, language: Language): string {
  if (value === undefined) return '';
  return language === 'ru' ? String(value).replace('.', ',') : String(value);
}
