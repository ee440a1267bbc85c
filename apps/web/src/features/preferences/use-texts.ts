import { useContext } from 'react';
import { m } from '../../paraglide/messages.js';
import { LanguageContext } from './language-context.ts';

/** The message catalogue; the component renders again when the language changes. */
export function useTexts(): typeof m {
  useContext(LanguageContext);
  return m;
}

export const useLanguage = (): 'ru' | 'en' => useContext(LanguageContext);
