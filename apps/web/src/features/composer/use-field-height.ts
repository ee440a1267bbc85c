import { type RefObject, useLayoutEffect } from 'react';

/** Measuring a huge text costs more than knowing that it is too tall anyway. */
const tallCharacters = 20_000;

/** A field as tall as its text; the style sheet says where it ends. */
export function useFieldHeight(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = text.length > tallCharacters ? '100dvh' : `${element.scrollHeight}px`;
  }, [field, text]);
}
