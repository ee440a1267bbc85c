import { type RefObject, useEffect, useLayoutEffect } from 'react';

/** Measuring a huge text costs more than knowing that it is too tall anyway. */
const tallCharacters = 20_000;
/** Each key lays out the whole text anew, and the page's font, which comes in a file per alphabet, takes thirty times the system's for that. */
const longCharacters = 4_000;

/** A field as tall as its text; the style sheet says where it ends. */
export function useFieldHeight(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useEffect(() => {
    const element = field.current;
    if (!element) return undefined;
    // A long paste is laid out once before anybody hears of it: the font must be there already.
    const onBeforeInput = ({ data }: InputEvent) => {
      if (data && data.length > longCharacters) element.toggleAttribute('data-long', true);
    };
    element.addEventListener('beforeinput', onBeforeInput);
    return () => element.removeEventListener('beforeinput', onBeforeInput);
  }, [field]);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.toggleAttribute('data-long', text.length > longCharacters);
    element.style.height = 'auto';
    element.style.height = text.length > tallCharacters ? '100dvh' : `${element.scrollHeight}px`;
  }, [field, text]);
}
