import { createContext } from 'react';
import type { Language } from '../../state/preferences-store.ts';

/** Asked for by every text of the page, and of a long chat there are thousands: a subscription each would be too much. */
export const LanguageContext = createContext<Language>('en');
