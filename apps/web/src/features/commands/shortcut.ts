/** A key with what is held beside it. Letters and signs are told by what they write, else by their place: a Russian layout has them all. */
export interface Shortcut {
  /** As in `KeyboardEvent.key`; Latin letters small. */
  readonly key: string;
  /** The place of a letter or sign on the keyboard, for layouts that do not write it. */
  readonly code?: string | undefined;
  /** ⌘ on a Mac, Ctrl elsewhere. */
  readonly mod?: boolean | undefined;
  readonly shift?: boolean | undefined;
}

export type KeyEvent = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Never by their place: the first are a browser's zoom and lie on German layouts where others have the slash, the last mean themselves. */
const ownSigns = '+-=0_/?';
const latin = /^[a-z]$/;

export function matchesShortcut(event: KeyEvent, { key, code, mod = false, shift = false }: Shortcut, isMac: boolean): boolean {
  const [isMod, isOther] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (isMod !== mod || isOther || event.altKey) return false;
  const written = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // A sign may need Shift to be written at all.
  if (written === key) return event.shiftKey === shift || isSign(key);
  if (code === undefined || code !== event.code || event.shiftKey !== shift) return false;
  return !latin.test(written) && !ownSigns.includes(written);
}

/** Pressed alone it would write something. */
export const isCharacter = ({ key, mod = false }: Shortcut): boolean => key.length === 1 && !mod;

function isSign(key: string): boolean {
  return key.length === 1 && !latin.test(key);
}

const macNames = { mod: '⌘', shift: '⇧' } as const;
const otherNames = { mod: 'Ctrl', shift: 'Shift' } as const;
const keyNames: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};

/** The caps to press, in order. */
export function shortcutCaps({ key, mod, shift }: Shortcut, isMac: boolean): readonly string[] {
  const names = isMac ? macNames : otherNames;
  // A sign names its Shift already, and needs it on some layouts only.
  const isShiftShown = shift && !isSign(key);
  return [
    ...(mod ? [names.mod] : []),
    ...(isShiftShown ? [names.shift] : []),
    keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  ];
}

/** For `aria-keyshortcuts`. */
export function ariaShortcut({ key, mod, shift }: Shortcut, isMac: boolean): string {
  return [...(mod ? [isMac ? 'Meta' : 'Control'] : []), ...(shift ? ['Shift'] : []), key.length === 1 ? key.toUpperCase() : key].join('+');
}

export function isApple(userAgent: string): boolean {
  return /Mac OS|iPhone|iPad/.test(userAgent);
}
