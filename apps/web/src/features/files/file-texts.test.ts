import { ApiError } from '@multimodel/client';
import type { ModelDto } from '@multimodel/contract';
import { beforeEach, expect, test } from 'vitest';
import { overwriteGetLocale } from '../../paraglide/runtime.js';
import { acceptedText, faultText, refusalText, sizeText } from './file-texts.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

beforeEach(() => overwriteGetLocale(() => 'en'));

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1,023 bytes'],
  [1536, '1.5 kB'],
  [20 * 1024 * 1024, '20 MB'],
  [3 * 1024 ** 4, '3,072 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(plain(sizeText(bytes, 'en'))).toBe(text);
});

test('what is said of a message is not said of a file', () => {
  const said = (code: 'payload_too_large' | 'unsupported_media_type' | 'overloaded') =>
    faultText({ kind: 'error', error: new ApiError({ status: 400, code }) }, 'en');
  expect(said('payload_too_large')).toBe('larger than the server takes');
  expect(said('unsupported_media_type')).toBe('the server does not take files of this kind');
  expect(said('overloaded')).not.toBe('');
  expect(plain(faultText({ kind: 'large', limit: 1024 ** 2 }, 'en'))).toBe('larger than 1 MB, the most that the server takes');
});

test('a refusal names the limit, the model and the files', () => {
  const about = { names: 'a.png, b.png', model: 'Eyes' };
  const said = (reason: 'type' | 'size' | 'count' | 'total', limit?: number) => plain(refusalText({ reason, limit }, about, 'en'));
  expect(said('type')).toBe('Eyes does not take such files: a.png, b.png.');
  expect(said('size', 1024)).toBe('Eyes takes such files up to 1 kB. Larger: a.png, b.png.');
  expect(said('count', 1)).toBe('Eyes takes only 1 such file with a message. Too many: a.png, b.png.');
  expect(said('count', 3)).toBe('Eyes takes at most 3 such files with a message. Too many: a.png, b.png.');
  expect(said('total', 1024)).toBe('Together the files are larger than 1 kB, which is the most that Eyes takes at once.');
});

test('what a model takes is limited by what the server takes', () => {
  const model: ModelDto = {
    id: 'a/eyes',
    name: 'Eyes',
    provider: 'a',
    providerName: 'A',
    kind: 'chat',
    capabilities: { tools: false, vision: true, jsonSchema: false, reasoning: false },
    parameters: {},
    files: { accepts: [{ kind: 'image', mediaTypes: ['image/png'], maxBytes: 5 * 1024 ** 2, maxPerMessage: 2 }] },
    state: 'ready',
    source: 'live',
    isDemo: false,
  };
  expect(plain(acceptedText(model, 'en'))).toBe('Eyes takes: images up to 5 MB (at most 2), texts');
  expect(plain(acceptedText(model, 'en', 1024 ** 2))).toBe('Eyes takes: images up to 1 MB (at most 2), texts');
  expect(acceptedText({ ...model, files: undefined }, 'en')).toMatch(/^Eyes takes only texts/);
});
