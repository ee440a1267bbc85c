import { expect, test } from 'vitest';
import { type Command, CommandRegistry } from './command-registry.ts';
import { inOtherLayout } from './keyboard-layouts.ts';
import { createMatcher, matching } from './match-text.ts';
import { type PaletteGroup, rankGroups } from './palette-groups.ts';
import { ariaShortcut, type KeyEvent, matchesShortcut, type Shortcut, shortcutCaps } from './shortcut.ts';
import { shortcuts } from './shortcuts.ts';

const press = (more: Partial<KeyEvent>): KeyEvent => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

test('keys that write a character can be switched off, and are then shown nowhere but where they are typed', () => {
  let isOn = true;
  const registry = new CommandRegistry({ userAgent: '', hasCharacterKeys: () => isOn });
  const help: Command = {
    id: 'help',
    group: 'page',
    title: () => 'Help',
    shortcuts: [shortcuts.sheet, shortcuts.help],
    run: () => undefined,
  };
  const typed: Command = { id: 'typed', group: 'page', scope: 'composer', title: () => 'List', shortcuts: [shortcuts.listCommands] };
  registry.add([help, typed]);
  const keys = [press({ key: '?', code: 'Slash', shiftKey: true }), press({ key: '/', code: 'Slash', ctrlKey: true })];
  const found = () => keys.map((key) => registry.commandOf(key)?.id);
  expect(found()).toEqual(['help', 'help']);
  isOn = false;
  expect(found()).toEqual([undefined, 'help']);
  expect(registry.matches(press({ key: 'j', code: 'KeyJ' }), shortcuts.messageAfter)).toBe(false);
  expect(registry.matches(press({ key: 'Escape' }), shortcuts.stop)).toBe(true);
  expect(registry.shortcutsOf(help)).toEqual([shortcuts.sheet]);
  expect(registry.shortcutsOf(typed)).toEqual([shortcuts.listCommands]);
});

test.for([
  ['palette', { key: 'k', code: 'KeyK', ctrlKey: true }, true],
  ['palette', { key: 'л', code: 'KeyK', ctrlKey: true }, true],
  ['palette', { key: 'Л', code: 'KeyK', ctrlKey: true }, true],
  // Dvorak: the letter counts, and what lies in its place is another command of the browser.
  ['palette', { key: 'k', code: 'KeyV', ctrlKey: true }, true],
  ['palette', { key: 't', code: 'KeyK', ctrlKey: true }, false],
  ['palette', { key: 'k', code: 'KeyK', ctrlKey: true, shiftKey: true }, false],
  ['palette', { key: 'k', code: 'KeyK', ctrlKey: true, altKey: true }, false],
  ['palette', { key: 'k', code: 'KeyK', metaKey: true }, false],
  ['palette', { key: 'k', code: 'KeyK' }, false],
  ['newChat', { key: 'Щ', code: 'KeyO', ctrlKey: true, shiftKey: true }, true],
  ['copyAnswer', { key: 'С', code: 'KeyC', ctrlKey: true, shiftKey: true }, true],
  ['copyAnswer', { key: 'c', code: 'KeyC', ctrlKey: true }, false],
  ['sheet', { key: '/', code: 'Slash', ctrlKey: true }, true],
  ['sheet', { key: '.', code: 'Slash', ctrlKey: true }, true],
  // German: the slash is Shift+7, and in its place lies the zoom.
  ['sheet', { key: '/', code: 'Digit7', ctrlKey: true, shiftKey: true }, true],
  ['sheet', { key: '-', code: 'Slash', ctrlKey: true }, false],
  ['help', { key: '?', code: 'Slash', shiftKey: true }, true],
  ['focusComposer', { key: '?', code: 'Slash' }, false],
  ['help', { key: '?', code: 'Digit7', shiftKey: true }, true],
  ['help', { key: ',', code: 'Slash', shiftKey: true }, true],
  ['focusComposer', { key: '/', code: 'Slash' }, true],
  ['focusComposer', { key: '.', code: 'Slash' }, true],
  ['focusComposer', { key: ',', code: 'Slash', shiftKey: true }, false],
  ['rename', { key: 'F2', code: 'F2' }, true],
  ['remove', { key: 'Delete', code: 'Delete' }, true],
  ['previousRegion', { key: 'F6', code: 'F6', shiftKey: true }, true],
  ['nextRegion', { key: 'F6', code: 'F6', shiftKey: true }, false],
] as const)('%s answers to %j: %s', ([name, event, isMatch]) => {
  expect(matchesShortcut(press(event), shortcuts[name], false)).toBe(isMatch);
});

test('a Mac has its own key, and Ctrl stays with its fields', () => {
  expect(matchesShortcut(press({ key: 'k', code: 'KeyK', metaKey: true }), shortcuts.palette, true)).toBe(true);
  expect(matchesShortcut(press({ key: 'k', code: 'KeyK', ctrlKey: true }), shortcuts.palette, true)).toBe(false);
  expect(shortcutCaps(shortcuts.newChat, true)).toEqual(['⌘', '⇧', 'O']);
  expect(shortcutCaps(shortcuts.newChat, false)).toEqual(['Ctrl', 'Shift', 'O']);
  expect(shortcutCaps(shortcuts.help, false)).toEqual(['?']);
  expect([true, false].map((isMac) => ariaShortcut(shortcuts.newChat, isMac))).toEqual(['Meta+Shift+O', 'Control+Shift+O']);
});

test('no two keys that work everywhere are the same', () => {
  const { palette, sheet, help, newChat, copyAnswer, stop, focusComposer, nextRegion, previousRegion } = shortcuts;
  const everywhere: readonly Shortcut[] = [palette, sheet, help, newChat, copyAnswer, stop, focusComposer, nextRegion, previousRegion];
  for (const { key, code = '', mod = false, shift = false } of everywhere) {
    const event = press({ key, code, ctrlKey: mod, shiftKey: shift });
    expect(everywhere.filter((shortcut) => matchesShortcut(event, shortcut, false))).toHaveLength(1);
  }
});

test('commands come and go with the part of the page that offers them', () => {
  const registry = new CommandRegistry({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' });
  const done: string[] = [];
  const command = (id: string, more: Partial<Command> = {}): Command => ({
    id,
    group: 'page',
    title: () => id,
    shortcuts: [shortcuts.palette],
    run: () => void done.push(id),
    ...more,
  });
  const key = press({ key: 'k', code: 'KeyK', ctrlKey: true });
  const pressed = () => registry.commandOf(key)?.id;
  const removeFirst = registry.add([command('first')]);
  const removeSecond = registry.add([command('second'), command('in the list only', { scope: 'chats' })]);
  registry.add([command('not now', { isAvailable: () => false })]);
  expect(pressed()).toBe('second');
  removeSecond();
  expect(pressed()).toBe('first');
  const first = registry.commandOf(key);
  if (first) registry.run(first);
  expect(done).toEqual(['first']);
  removeFirst();
  expect(pressed()).toBeUndefined();
});

test('the key that opens a layer closes it', () => {
  const registry = new CommandRegistry({ userAgent: '' });
  registry.run({ id: 'models', group: 'chat', title: () => '', opens: 'models' });
  expect(registry.store.getState().layer).toBe('models');
  registry.toggle('sheet');
  registry.toggle('sheet');
  expect(registry.store.getState().layer).toBeUndefined();
});

test.for([
  ['ghbdtn', 'Привет, мир'],
  ['руддщ', 'Hello world'],
  ['привте', 'Привет, мир'],
  ['yandx', 'YandexGPT Lite'],
  ['lite', 'YandexGPT Lite'],
  ['мир прив', 'Привет, мир'],
  ['елка', 'Ёлка на площади'],
  ['НОВЫЙ', 'новый чат'],
  ['нч', 'Новый чат'],
  ['cafe', 'Café de la Paix'],
  ['c++', 'Shablony C++'],
] as const)('%s finds "%s"', ([query, text]) => {
  expect(createMatcher(query)(text)).toBeGreaterThan(0);
});

test.for([
  ['кот', 'Привет, мир'],
  ['привет луна', 'Привет, мир'],
  ['мик', 'Привет, мир'],
] as const)('%s does not find "%s"', ([query, text]) => {
  expect(createMatcher(query)(text)).toBe(0);
});

test('what begins with the words comes first, typos last', () => {
  const titles = ['Моя модель', 'Модуль', 'Модели и цены', 'Немодельная'];
  expect(matching(titles, 'модел', (title) => title)).toEqual(['Модели и цены', 'Моя модель', 'Немодельная', 'Модуль']);
  expect(matching(titles, ' ', (title) => title)).toEqual(titles);
});

test('a text is read on the other layout in both directions', () => {
  expect(inOtherLayout('ghbdtn')).toContain('привет');
  expect(inOtherLayout('руддщ')).toContain('hello');
  expect(inOtherLayout('2024')).toEqual([]);
});

test('the group with the best answer comes first; at rest a long one is cut short', () => {
  const item = (id: string, title: string, more = {}) => ({ id, title, run: () => undefined, ...more });
  const groups: readonly PaletteGroup[] = [
    { id: 'chats', title: '', items: [item('1', 'О теме'), item('2', 'Котики'), item('more', 'Ещё', { isAlways: true })], mostAtRest: 1 },
    { id: 'commands', title: '', items: [item('dark', 'Тема: тёмная'), item('lang', 'Язык', { words: 'language' })] },
    { id: 'models', title: '', items: [item('gpt', 'GPT')], mostAtRest: 0 },
  ];
  const shown = (query: string) => rankGroups(groups, query).map(({ id, items }) => [id, items.map((found) => found.id)]);
  expect(shown('')).toEqual([
    ['chats', ['1']],
    ['commands', ['dark', 'lang']],
  ]);
  expect(shown('тем')).toEqual([
    ['commands', ['dark']],
    ['chats', ['1', 'more']],
  ]);
  expect(shown('language')).toEqual([
    ['commands', ['lang']],
    ['chats', ['more']],
  ]);
});
