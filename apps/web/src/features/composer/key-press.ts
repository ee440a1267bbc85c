import type { KeyboardEvent } from 'react';
import type { KeyPress } from './composer-rules.ts';

// oxlint-disable-next-line typescript/no-deprecated -- Safari tells of an input method's Enter in no other way
export function pressOf({ key, keyCode, shiftKey, ctrlKey, metaKey, altKey, repeat }: KeyboardEvent): Omit<KeyPress, 'isComposing'> {
  return { key, keyCode, shiftKey, ctrlKey, metaKey, altKey, repeat };
}
