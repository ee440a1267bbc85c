import { expect, test } from 'vitest';
import { findTrigger, withoutTrigger } from './suggestion-trigger.ts';

/** `|` is the caret. */
const at = (marked: string) => findTrigger(marked.replace('|', ''), marked.indexOf('|'));

test.for([
  ['@|', 'models', ''],
  ['@lite|', 'models', 'lite'],
  ['Скажи @yan|', 'models', 'yan'],
  ['строка\n@|', 'models', ''],
  ['/|', 'commands', ''],
  ['/тем|', 'commands', 'тем'],
] as const)('%s asks for %s', ([text, kind, query]) => {
  expect(at(text)).toMatchObject({ kind, query });
});

test.for([
  'почта@|',
  'anna@mail|',
  'и/или|',
  'да /|',
  ' /|',
  '/тема тёмная|',
  '@lite и|',
  `@${'x'.repeat(60)}|`,
  `${'x'.repeat(60)}@lite|`,
  'текст|',
])('%s is just text', (text) => {
  expect(at(text)).toBeUndefined();
});

test('what was typed for the list goes, the rest stays as it was', () => {
  const taken = (marked: string) => {
    const text = marked.replace('|', '');
    const trigger = findTrigger(text, marked.indexOf('|'));
    return trigger && withoutTrigger(text, trigger);
  };
  expect(taken('@lite|')).toEqual({ text: '', caret: 0 });
  expect(taken('Скажи @lite| честно')).toEqual({ text: 'Скажи честно', caret: 6 });
  expect(taken('Скажи @|')).toEqual({ text: 'Скажи ', caret: 6 });
});
