import type { JsonObject } from '@multimodel/core';
import { expect, test } from 'vitest';
import { reduceSchema } from './function-schema.ts';

const property = (schema: JsonObject, more: JsonObject = {}) =>
  reduceSchema({ type: 'object', properties: { x: schema }, ...more })['properties'];

const cases: readonly (readonly [string, JsonObject, JsonObject])[] = [
  ['an object without members gets some', { type: 'object' }, { type: 'object', properties: {} }],
  ['a list without items gets some', { type: 'array' }, { type: 'array', items: { type: 'string' } }],
  ['a tuple is a list of its first', { prefixItems: [{ type: 'integer' }] }, { type: 'array', items: { type: 'integer' } }],
  ['a type that may be null is the type', { type: ['null', 'integer'] }, { type: 'integer' }],
  [
    'of several variants the first that is no null',
    { anyOf: [{ type: 'null' }, { type: 'boolean' }, { type: 'string' }] },
    { type: 'boolean' },
  ],
  [
    'one of several, too',
    { oneOf: [{ type: 'number', minimum: 1 }], description: 'Сколько' },
    { type: 'number', description: 'Сколько', minimum: 1 },
  ],
  [
    'a composition is one object',
    { allOf: [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, { properties: { b: { type: 'integer' } } }] },
    { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } }, required: ['a'] },
  ],
  ['a list of texts stays', { enum: ['a', 'b', null] }, { type: 'string', enum: ['a', 'b'] }],
  [
    'a list of numbers is told',
    { type: 'integer', enum: [1, 2], description: 'Сколько' },
    { type: 'integer', description: 'Сколько (One of: 1, 2)' },
  ],
  ['one value is a list of one', { const: 'a' }, { type: 'string', enum: ['a'] }],
  ['a format that is known stays', { type: 'string', format: 'date' }, { type: 'string', format: 'date' }],
  ['any other format goes', { type: 'string', format: 'email', pattern: 'x', default: 'y', nullable: true }, { type: 'string' }],
  ['what has no type is a text', { description: 'Что' }, { type: 'string', description: 'Что' }],
];

test.each(cases)('%s', (_name, given, reduced) => {
  expect(property(given)).toEqual({ x: reduced });
});

test('references are put in place', () => {
  const place: JsonObject = { type: 'object', properties: { city: { type: 'string' } }, additionalProperties: false };
  const schema = property({ $ref: '#/$defs/a~1b', description: 'Где' }, { $defs: { 'a/b': place } });
  expect(schema).toEqual({ x: { type: 'object', description: 'Где', properties: { city: { type: 'string' } } } });
});

test('a schema that refers to itself comes to an end', () => {
  const tree: JsonObject = { type: 'object', properties: { value: { type: 'string' }, next: { $ref: '#' } }, required: ['value', 'gone'] };
  const text = JSON.stringify(reduceSchema(tree));
  expect(text.length).toBeLessThan(10_000);
  expect(text).not.toContain('gone');
  const loop: JsonObject = { type: 'object', properties: { x: { $ref: '#/$defs/a' } }, $defs: { a: { $ref: '#/$defs/a' } } };
  expect(reduceSchema(loop)['properties']).toEqual({ x: { type: 'string' } });
});
