import type { Shortcut } from './shortcut.ts';

/** Every key of the page: those who answer to it and the sheet read it from here. */
export const shortcuts = {
  palette: { key: 'k', code: 'KeyK', mod: true },
  sheet: { key: '/', code: 'Slash', mod: true },
  help: { key: '?', code: 'Slash', shift: true },
  newChat: { key: 'o', code: 'KeyO', mod: true, shift: true },
  copyAnswer: { key: 'c', code: 'KeyC', mod: true, shift: true },
  stop: { key: 'Escape' },
  focusComposer: { key: '/', code: 'Slash' },
  nextRegion: { key: 'F6' },
  previousRegion: { key: 'F6', shift: true },
  editLast: { key: 'ArrowUp' },
  chooseModel: { key: '@' },
  listCommands: { key: '/' },
  rename: { key: 'F2' },
  remove: { key: 'Delete' },
  chatBefore: { key: 'ArrowUp' },
  chatAfter: { key: 'ArrowDown' },
  chatFirst: { key: 'Home' },
  chatLast: { key: 'End' },
  messageBefore: { key: 'k', code: 'KeyK' },
  messageAfter: { key: 'j', code: 'KeyJ' },
  messageMenu: { key: 'F10', shift: true },
  send: { key: 'Enter' },
  sendWithMod: { key: 'Enter', mod: true },
  newLine: { key: 'Enter', shift: true },
} as const satisfies Readonly<Record<string, Shortcut>>;
