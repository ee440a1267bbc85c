import type { ChatDto, ModelDto } from '@multimodel/contract';
import { limits } from '@multimodel/contract/limits';
import { expect, test } from 'vitest';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import { factsOf, formatCost, formatDuration } from './chat/facts.ts';
import { ScrollFollower } from './chat/scroll-follower.ts';
import { groupByDay } from './chats/chat-days.ts';
import { isSendKey, isTooMuchToInsert, lengthState } from './composer/composer-rules.ts';
import { chooseModel, groupByProvider, modelName } from './models/choose-model.ts';
import { changedSettings, withSetting } from './settings/changed-settings.ts';

const spaces = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('durations and prices are as exact as they are useful', () => {
  expect([40, 640, 4_210, 12_345, 125_000, 120_000].map((ms) => spaces(formatDuration(ms, 'ru')))).toEqual([
    '40 мс',
    '0,6 с',
    '4,2 с',
    '12 с',
    '2 мин 5 с',
    '2 мин',
  ]);
  const cost = (amount: number, isEstimated = false) => spaces(formatCost({ amount, currency: 'RUB', isEstimated }, 'ru'));
  expect([cost(0.01234), cost(0.58), cost(12.3), cost(0), cost(0.184, true)]).toEqual([
    '0,012 ₽',
    '0,58 ₽',
    '12,30 ₽',
    '0,00 ₽',
    '≈ 0,18 ₽',
  ]);
});

test('the facts line says what is known and nothing else', () => {
  overwriteGetLocale(() => 'ru');
  const message = { id: 'm', chatId: 'c', role: 'assistant', text: '', state: 'completed', createdAt: 0 } as const;
  expect(factsOf(message, undefined, 'ru')).toEqual([]);
  const facts = factsOf(
    { ...message, usage: { inputTokens: 20, outputTokens: 1 }, timings: { queueMs: 50, firstTokenMs: 500, totalMs: 900 } },
    'GPT',
    'ru',
  );
  expect(facts.map(({ text }) => spaces(text))).toEqual(['GPT', 'первое слово через 0,5 с', 'всего 0,9 с', '21 токен']);
});

test('the view follows until it is pulled up, and again from the end', () => {
  const follower = new ScrollFollower();
  const at = (scrollTop: number, scrollHeight = 1000) => ({ scrollTop, scrollHeight, clientHeight: 400 });
  expect(follower.grown(at(0))).toBe(600);
  follower.scrolled(at(600));
  expect(follower.grown(at(600, 1100))).toBe(700);
  follower.pulledUp(at(600, 1100));
  expect(follower.grown(at(600, 1200))).toBeUndefined();
  expect(follower.scrolled(at(500, 1200))).toBe(false);
  expect(follower.scrolled(at(790, 1200))).toBe(true);
});

test('text that shrinks does not let go of the end, dragging the bar does', () => {
  const follower = new ScrollFollower();
  follower.scrolled({ scrollTop: 600, scrollHeight: 1000, clientHeight: 400 });
  expect(follower.scrolled({ scrollTop: 500, scrollHeight: 980, clientHeight: 400 })).toBe(true);
  expect(follower.scrolled({ scrollTop: 300, scrollHeight: 980, clientHeight: 400 })).toBe(false);
});

test('chats are grouped by the days people think in', () => {
  const now = new Date(2026, 10, 22, 0, 30).getTime();
  const chat = (id: string, ...date: [number, number, number, number]): ChatDto => {
    const updatedAt = new Date(...date).getTime();
    return { id, settings: {}, createdAt: updatedAt, updatedAt };
  };
  const chats = [
    chat('a', 2026, 10, 22, 0),
    chat('b', 2026, 10, 21, 23),
    chat('c', 2026, 10, 17, 9),
    chat('d', 2026, 10, 2, 9),
    chat('e', 2025, 10, 2, 9),
  ];
  expect(groupByDay(chats, now).map(({ key, chats: group }) => [key, group.map(({ id }) => id)])).toEqual([
    ['today', ['a']],
    ['yesterday', ['b']],
    ['week', ['c']],
    ['2026-10', ['d']],
    ['2025-10', ['e']],
  ]);
});

test('Enter sends, except in the middle of a word, held down, with Shift, or on touch', () => {
  const press = {
    key: 'Enter',
    keyCode: 13,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    isComposing: false,
  };
  const desktop = { sendOnEnter: true, isTouch: false };
  expect(isSendKey(press, desktop)).toBe(true);
  expect(isSendKey({ ...press, shiftKey: true }, desktop)).toBe(false);
  expect(isSendKey({ ...press, repeat: true }, desktop)).toBe(false);
  expect(isSendKey({ ...press, isComposing: true }, desktop)).toBe(false);
  expect(isSendKey({ ...press, keyCode: 229 }, desktop)).toBe(false);
  expect(isSendKey(press, { sendOnEnter: true, isTouch: true })).toBe(false);
  expect(isSendKey(press, { sendOnEnter: false, isTouch: false })).toBe(false);
  expect(isSendKey({ ...press, metaKey: true }, { sendOnEnter: false, isTouch: true })).toBe(true);
});

test('the length is shown near the limit and refused over it', () => {
  expect(lengthState(100)).toEqual({ kind: 'fine' });
  expect(lengthState(limits.messageCharacters - 5)).toEqual({ kind: 'near', left: 5 });
  expect(lengthState(limits.messageCharacters + 1)).toEqual({ kind: 'over', over: 1 });
});

function model(id: string, more: Partial<ModelDto> = {}): ModelDto {
  const [provider = ''] = id.split('/');
  const capabilities = { tools: false, vision: false, jsonSchema: false, reasoning: false };
  return {
    id,
    name: id.toUpperCase(),
    provider,
    providerName: provider,
    kind: 'chat',
    capabilities,
    parameters: {},
    state: 'ready',
    source: 'live',
    isDemo: false,
    ...more,
  };
}

test('a new chat takes the own default, else the first that works; a failure does not hand it to the demo', () => {
  const models = [model('demo/demo', { isDemo: true }), model('a/1', { state: 'failing' }), model('b/2')];
  expect(chooseModel(models, undefined, undefined).id).toBe('b/2');
  expect(chooseModel(models, undefined, 'a/1').id).toBe('a/1');
  expect(chooseModel(models, undefined, 'gone/1').id).toBe('b/2');
  expect(chooseModel(models, 'gone/1', 'a/1')).toEqual({ id: 'gone/1', model: undefined });
  expect(chooseModel(models.slice(0, 2), undefined, undefined).id).toBe('a/1');
  const withoutKey = model('a/1', { state: 'unconfigured' });
  expect(chooseModel([models[0] ?? withoutKey, withoutKey], undefined, undefined).id).toBe('demo/demo');
  expect(chooseModel([], undefined, undefined).id).toBeUndefined();
});

test('models have their names and stand with their providers', () => {
  const models = [model('a/1'), model('b/2'), model('a/3'), model('a/e', { kind: 'embedding' })];
  expect(modelName(models, 'a/1')).toBe('A/1');
  expect(modelName(models, '3', 'a')).toBe('A/3');
  expect(modelName(models, 'x/latest')).toBe('latest');
  expect(groupByProvider(models).map((group) => group.models.map(({ id }) => id))).toEqual([['a/1', 'a/3'], ['b/2']]);
});

test('a setting counts as changed when it differs and the model knows it', () => {
  const parameters = { temperature: { min: 0, max: 1, default: 0.3 }, maxOutputTokens: { min: 1, max: 100 } };
  expect(changedSettings({ temperature: 0.3, topP: 0.5 }, parameters)).toEqual([]);
  expect(changedSettings({ temperature: 0.4, maxOutputTokens: 10, systemPrompt: 'x' }, parameters)).toEqual([
    'systemPrompt',
    'temperature',
    'maxOutputTokens',
  ]);
  expect(withSetting({ temperature: 1, topP: 1 }, 'temperature', undefined)).toEqual({ topP: 1 });
});

test('a paste may be a little too long for a message, not five times', () => {
  expect(isTooMuchToInsert(0, limits.messageCharacters)).toBe(false);
  expect(isTooMuchToInsert(1_000, limits.messageCharacters + 20_000)).toBe(false);
  expect(isTooMuchToInsert(0, 1_000_000)).toBe(true);
  expect(isTooMuchToInsert(limits.messageCharacters, limits.messageCharacters)).toBe(true);
});
