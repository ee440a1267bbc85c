import { limits } from '@multimodel/contract/limits';

export interface KeyPress {
  readonly key: string;
  readonly keyCode: number;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
}

/** Safari ends a composition before it tells of its Enter; only the old code gives that away. */
const composingKeyCode = 229;

/** Whether this key sends. Never in the middle of an input method's word, nor when the key is held down. */
export function isSendKey(press: KeyPress, { sendOnEnter, isTouch }: { sendOnEnter: boolean; isTouch: boolean }): boolean {
  if (press.key !== 'Enter' || press.isComposing || press.keyCode === composingKeyCode || press.repeat) return false;
  if (press.ctrlKey || press.metaKey) return true;
  return sendOnEnter && !isTouch && !press.shiftKey && !press.altKey;
}

/** In an empty field: the last question is to be changed. */
export function isPlainArrowUp({ key, isComposing, shiftKey, ctrlKey, metaKey, altKey }: KeyPress): boolean {
  return key === 'ArrowUp' && !isComposing && !shiftKey && !ctrlKey && !metaKey && !altKey;
}

export type LengthState =
  | { readonly kind: 'fine' }
  | { readonly kind: 'near'; readonly left: number }
  | { readonly kind: 'over'; readonly over: number };

/** Counted like the server counts; worth showing only in the last twentieth. */
export function lengthState(length: number): LengthState {
  const left = limits.messageCharacters - length;
  if (left < 0) return { kind: 'over', over: -left };
  return left <= limits.messageCharacters / 20 ? { kind: 'near', left } : { kind: 'fine' };
}

/** Whether a paste is to be refused as a whole. A little too much may come in: it can be shortened in the field. */
export function isTooMuchToInsert(kept: number, inserted: number): boolean {
  return kept + inserted > limits.messageCharacters * 1.25;
}
