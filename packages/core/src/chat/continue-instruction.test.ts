import { expect, test } from 'vitest';
import { continueInstruction } from './continue-instruction.ts';

test.for([
  [['Привет! Как дела?', 'Хорошо'], 'ru'],
  [['Напиши на Python', 'Вот код:\n```python\ndef main(arguments): return print("hello")\n```'], 'ru'],
  [['Hello', 'Hi there'], 'en'],
  [['What does «привет» mean in the Russian language, please?', ''], 'en'],
  [['123', '…'], 'en'],
] as const)('%j is answered in %s', ([said, language]) => {
  expect(/[а-я]/.test(continueInstruction(...said))).toBe(language === 'ru');
});
