import { AppError, type FieldFault } from '@multimodel/core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineProvider } from './define-provider.ts';
import { editDistance, nearestSpelling } from './nearest-spelling.ts';

const label = { ru: 'Ключ', en: 'Key' };
const help = { ru: 'Где взять', en: 'Where to get it' };

const plugin = defineProvider({
  id: 'acme',
  displayName: 'Acme',
  settings: z.object({
    apiKey: z.string().min(8).meta({ secret: true, label, help }),
    token: z.string().optional().meta({ secret: true }),
    baseUrl: z.url().default('https://api.acme.example'),
    retries: z.number().int().min(0).default(3),
    keep: z.boolean().optional(),
    mode: z
      .enum(['fast', 'good'])
      .default('good')
      .meta({ label: { ru: 'Режим', en: 'Mode' } }),
    region: z.union([z.literal('ru'), z.literal('eu')]).optional(),
    nickname: z.string().nullable().optional(),
    timeoutMs: z.coerce.number().default(5000).meta({ advanced: true }),
    trimmed: z.string().trim().default(''),
    keyFile: z.strictObject({ id: z.string(), privateKey: z.string() }).optional().meta({ secret: true }),
    models: z.array(z.string()).default([]),
  }),
  environment: { ACME_API_KEY: 'apiKey' },
  create: () => expect.unreachable(),
});

function faultsOf(input: unknown): readonly FieldFault[] {
  try {
    plugin.settings.parse(input);
  } catch (error) {
    if (error instanceof AppError && error.code === 'validation_failed') return error.details['fields'] as readonly FieldFault[];
    throw error;
  }
  return [];
}

describe('fields', () => {
  test('are read from the schema, in order', () => {
    const plain = { isAdvanced: false, isAddress: false };
    expect(plugin.settings.fields).toEqual([
      { ...plain, name: 'apiKey', kind: 'string', isRequired: true, isSecret: true, label, help },
      { ...plain, name: 'token', kind: 'string', isRequired: false, isSecret: true, label: { ru: 'token', en: 'token' } },
      expect.objectContaining({ name: 'baseUrl', kind: 'string', isRequired: false, isAddress: true, default: 'https://api.acme.example' }),
      expect.objectContaining({ name: 'retries', kind: 'number', isRequired: false, default: 3 }),
      expect.objectContaining({ name: 'keep', kind: 'boolean', isRequired: false }),
      {
        ...plain,
        name: 'mode',
        kind: 'choice',
        isRequired: false,
        isSecret: false,
        label: { ru: 'Режим', en: 'Mode' },
        choices: ['fast', 'good'],
        default: 'good',
      },
      expect.objectContaining({ name: 'region', kind: 'choice', choices: ['ru', 'eu'], isRequired: false }),
      expect.objectContaining({ name: 'nickname', kind: 'string', isRequired: false }),
      expect.objectContaining({ name: 'timeoutMs', kind: 'number', isAdvanced: true, default: 5000 }),
      expect.objectContaining({ name: 'trimmed', kind: 'string' }),
      expect.objectContaining({ name: 'keyFile', kind: 'json', isSecret: true, isRequired: false }),
      expect.objectContaining({ name: 'models', kind: 'json', isRequired: false }),
    ]);
  });

  test('what forms tell of choices is passed on, and a link of them leads to a page', () => {
    const fieldOf = (link: string) => {
      const choiceFacts = { fast: { usual: { host: 'a.example' }, needs: ['key'], links: { key: link } } };
      const settings = z.object({ mode: z.enum(['fast', 'good']).meta({ choiceFacts }) });
      return defineProvider({ id: 'x', displayName: 'X', settings, create: () => expect.unreachable() }).settings.fields[0];
    };
    expect(fieldOf('https://keys.example/')?.choiceFacts).toEqual({
      fast: { usual: { host: 'a.example' }, needs: ['key'], links: { key: 'https://keys.example/' } },
    });
    expect(() => fieldOf('javascript:alert(1)')).toThrow(/mode/);
  });

  test('a host without a scheme is an address when its metadata says so', () => {
    const settings = z.object({ host: z.string().meta({ address: true }), url: z.url().optional(), text: z.string() });
    const { fields } = defineProvider({ id: 'x', displayName: 'X', settings, create: () => expect.unreachable() }).settings;
    expect(fields.map(({ isAddress }) => isAddress)).toEqual([true, true, false]);
  });

  test('metadata may stand before or after the wrappers', () => {
    const settings = z.object({
      before: z.string().meta({ secret: true, label }).optional(),
      after: z.string().optional().meta({ secret: true, label }),
    });
    const { fields } = defineProvider({ id: 'x', displayName: 'X', settings, create: () => expect.unreachable() }).settings;
    expect(fields.map(({ isSecret, isRequired, label: { en } }) => [isSecret, isRequired, en])).toEqual([
      [true, false, 'Key'],
      [true, false, 'Key'],
    ]);
  });

  test('the default of a secret is not shown', () => {
    const settings = z.object({ key: z.string().default('built-in').meta({ secret: true }) });
    const { fields } = defineProvider({ id: 'x', displayName: 'X', settings, create: () => expect.unreachable() }).settings;
    expect(fields[0]).not.toHaveProperty('default');
  });
});

describe('parse', () => {
  test('fills in defaults', () => {
    expect(plugin.settings.parse({ apiKey: '12345678', timeoutMs: '70' })).toMatchObject({
      apiKey: '12345678',
      mode: 'good',
      timeoutMs: 70,
      models: [],
    });
  });

  test('names every wrong field, and what would be right', () => {
    const faults = faultsOf({ mode: 'slow', retries: -1, region: 'us' });
    expect(faults.map(({ path }) => path).sort()).toEqual(['apiKey', 'mode', 'region', 'retries']);
    expect(faults.find(({ path }) => path === 'apiKey')?.message).toBe('Required');
    expect(faults.find(({ path }) => path === 'mode')?.allowed).toEqual(['fast', 'good']);
  });

  test('an unknown name comes with the nearest spelling', () => {
    const faults = faultsOf({
      apiKey: '12345678',
      api_kye: 'x',
      base_url: 'y',
      whatever: 1,
      keyFile: { id: 'a', privateKey: 'b', extra: 1 },
    });
    expect(faults.map(({ path, message }) => [path, message])).toEqual([
      ['api_kye', 'There is no such setting; did you mean apiKey?'],
      ['base_url', 'There is no such setting; did you mean baseUrl?'],
      ['whatever', 'There is no such setting'],
      ['keyFile.extra', 'There is no such setting'],
    ]);
    expect(faults[0]?.allowed).toContain('apiKey');
  });

  test.each([undefined, null, 'text', [], 5])('%j is no settings', (input) => {
    expect(faultsOf(input).length).toBeGreaterThan(0);
  });

  test('values are never quoted: they may be secrets', () => {
    const faults = faultsOf({ apiKey: 's3cr3t', mode: 's3cr3t', baseUrl: 's3cr3t', retries: 's3cr3t', keyFile: 's3cr3t' });
    expect(faults.length).toBe(5);
    expect(JSON.stringify(faults)).not.toContain('s3cr3t');
  });
});

describe('a wrong definition is refused', () => {
  const base = { id: 'x', displayName: 'X', settings: z.object({ key: z.string() }), create: () => expect.unreachable() };
  test('id', () => expect(() => defineProvider({ ...base, id: 'My Plugin' })).toThrow(TypeError));
  test('environment', () => {
    const environment: Record<string, 'key'> = JSON.parse('{"KEY": "kee"}');
    expect(() => defineProvider({ ...base, environment })).toThrow('kee');
  });
  test('metadata', () => {
    const wrong: { ru: string; en: string } = JSON.parse('{"en": "only"}');
    expect(() => defineProvider({ ...base, settings: z.object({ key: z.string().meta({ label: wrong }) }) })).toThrow('key');
  });
});

describe('spelling', () => {
  test.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['abc', 'ab', 1],
    ['abc', 'xabc', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ])('editDistance(%j, %j) is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  test('nearestSpelling gives nothing that is far', () => {
    expect(nearestSpelling('apikey', ['apiKey', 'baseUrl'])).toBe('apiKey');
    expect(nearestSpelling('FOLDER-ID', ['apiKey', 'folderId'])).toBe('folderId');
    expect(nearestSpelling('zzz', ['apiKey', 'baseUrl'])).toBeUndefined();
  });
});
