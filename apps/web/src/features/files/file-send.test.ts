import type { ModelDto } from '@multimodel/contract';
import { expect, test } from 'vitest';
import type { TrayFile } from '../../state/file-tray.ts';
import { modelsFor, readinessOf, refusalsOf } from './file-send.ts';

const base: ModelDto = {
  id: 'a/blind',
  name: 'Blind',
  provider: 'a',
  providerName: 'A',
  kind: 'chat',
  capabilities: { tools: false, vision: false, jsonSchema: false, reasoning: false },
  parameters: {},
  state: 'ready',
  source: 'live',
  isDemo: false,
};
const images = { accepts: [{ kind: 'image' as const, mediaTypes: ['image/png'], maxBytes: 100 }] };
const fileOf = (changes: Partial<TrayFile> = {}): TrayFile => ({
  key: 'k',
  name: 'cat.png',
  size: 10,
  mediaType: 'image/png',
  state: 'ready',
  progress: 1,
  ...changes,
});

test('a message without files needs nothing of them', () => {
  expect(readinessOf([], base)).toBe('none');
});

test.each([
  ['blocked', [fileOf()], base],
  ['ready', [fileOf()], { ...base, files: images }],
  ['pending', [fileOf(), fileOf({ state: 'uploading' })], { ...base, files: images }],
  ['pending', [fileOf({ state: 'waiting' })], { ...base, files: images }],
  ['blocked', [fileOf({ state: 'failed' })], { ...base, files: images }],
  ['blocked', [fileOf({ size: 101 })], { ...base, files: images }],
  ['ready', [fileOf({ mediaType: 'text/plain' })], base],
  ['ready', [fileOf()], undefined],
] as const)('%s: %#', (readiness, files, model) => {
  expect(readinessOf(files, model)).toBe(readiness);
});

test('the type that the server found counts, and before that the one of the browser, if it knows any', () => {
  const attachment = { id: 'f', name: 'x', kind: 'document', sha256: '', size: 10, mediaType: 'text/plain' } as const;
  expect(refusalsOf([fileOf({ attachment }), fileOf({ mediaType: '', state: 'uploading' }), fileOf()], base)).toEqual([
    undefined,
    undefined,
    { reason: 'type' },
  ]);
});

test('named are models that take every file, the same provider first and the demo last', () => {
  const models = [
    base,
    { ...base, id: 'demo/guide', provider: 'demo', isDemo: true, files: images },
    { ...base, id: 'b/eyes', provider: 'b', files: images },
    { ...base, id: 'a/eyes', files: images },
    { ...base, id: 'a/off', state: 'unconfigured' as const, files: images },
    { ...base, id: 'b/blind', provider: 'b' },
  ];
  expect(modelsFor([fileOf()], base, models).map(({ id }) => id)).toEqual(['a/eyes', 'b/eyes', 'demo/guide']);
  expect(modelsFor([fileOf(), fileOf({ size: 101 })], base, models)).toEqual([]);
});
