import type { ChatRequest, ModelMessage } from '@multimodel/core';
import { expect, test } from 'vitest';
import { toNativeRequest } from './native-request.ts';
import { user } from './test-account.ts';

const model = { uri: 'gpt://b1gaaaaaaaaaaaaaaaaa/yandexgpt-5-pro', hasReasoning: true };
const tool = { name: 'f', parameters: { type: 'object' } };

function encode(request: Partial<ChatRequest>, options = model) {
  const { body, warnings } = toNativeRequest({ messages: [user('?')], ...request }, options);
  const json: unknown = JSON.parse(JSON.stringify(body));
  return { json, warnings: warnings.map(({ code, parameter }) => `${code} ${String(parameter)}`) };
}

interface ParameterCase {
  readonly request: Partial<ChatRequest>;
  readonly json: object;
  readonly warnings?: readonly string[];
}

const parameterCases: readonly ParameterCase[] = [
  {
    request: { temperature: 0.7, maxOutputTokens: 200 },
    json: { completionOptions: { stream: true, temperature: 0.7, maxTokens: '200' } },
  },
  { request: { temperature: 1.8 }, json: { completionOptions: { temperature: 1 } }, warnings: ['parameter_changed temperature'] },
  {
    request: { topP: 0.9, stop: ['x'], seed: 1 },
    json: { completionOptions: { stream: true } },
    warnings: ['parameter_dropped topP', 'parameter_dropped stop', 'parameter_dropped seed'],
  },
  { request: { reasoningEffort: 'off' }, json: { completionOptions: { reasoningOptions: { mode: 'DISABLED' } } } },
  { request: { reasoningEffort: 'low' }, json: { completionOptions: { reasoningOptions: { mode: 'ENABLED_HIDDEN' } } } },
  { request: { tools: [tool] }, json: { tools: [{ function: tool }] } },
  { request: { tools: [tool], toolChoice: 'auto' }, json: { toolChoice: { mode: 'AUTO' } } },
  {
    request: { tools: [tool], toolChoice: 'required', parallelToolCalls: false },
    json: { toolChoice: { mode: 'REQUIRED' }, parallelToolCalls: false },
  },
  { request: { tools: [tool], toolChoice: { name: 'f' } }, json: { toolChoice: { functionName: 'f' } } },
  { request: { responseFormat: { type: 'json' } }, json: { jsonObject: true } },
  {
    request: { responseFormat: { type: 'json-schema', name: 'n', schema: { type: 'object' } } },
    json: { jsonSchema: { schema: { type: 'object' } } },
  },
];

test.each(parameterCases)('parameters $request', ({ request, json, warnings = [] }) => {
  const encoded = encode(request);
  expect(encoded.json).toMatchObject(json);
  expect(encoded.warnings).toEqual(warnings);
});

test('no parameter is sent that was not asked for', () => {
  expect(encode({}).json).toEqual({ modelUri: model.uri, completionOptions: { stream: true }, messages: [{ role: 'user', text: '?' }] });
});

test('with tools forbidden the tools themselves are left out', () => {
  expect(encode({ tools: [tool], toolChoice: 'none' }).json).not.toHaveProperty('tools');
});

test('reasoning is dropped where the model is known to have none', () => {
  const encoded = encode({ reasoningEffort: 'high' }, { ...model, hasReasoning: false });
  expect(encoded.json).toMatchObject({ completionOptions: { stream: true } });
  expect(encoded.warnings).toEqual(['parameter_dropped reasoningEffort']);
});

const system = (text: string): ModelMessage => ({ role: 'system', parts: [{ type: 'text', text }] });
const assistant = (text: string): ModelMessage => ({ role: 'assistant', parts: [{ type: 'text', text }] });

test('system texts are merged to the front; empty turns are left out', () => {
  const messages = [system('Кратко.'), user('1'), assistant(''), assistant(' \n'), user('2'), system('По-русски.')];
  expect(encode({ messages }).json).toMatchObject({
    messages: [
      { role: 'system', text: 'Кратко.\n\nПо-русски.' },
      { role: 'user', text: '1' },
      { role: 'user', text: '2' },
    ],
  });
});

test('a turn with words and calls becomes two: a message holds one of them', () => {
  const call = { type: 'tool-call', callId: 'c', name: 'f', arguments: { a: 1 } } as const;
  const turn: ModelMessage = { role: 'assistant', parts: [{ type: 'text', text: 'Сейчас' }, call] };
  expect(encode({ messages: [user('1'), turn] }).json).toMatchObject({
    messages: [
      { role: 'user', text: '1' },
      { role: 'assistant', text: 'Сейчас' },
      { role: 'assistant', toolCallList: { toolCalls: [{ functionCall: { name: 'f', arguments: { a: 1 } } }] } },
    ],
  });
});

test('files are left out and said so', () => {
  const picture = { type: 'file', mediaType: 'image/png', name: 'кот.png', data: new Uint8Array([1]) } as const;
  const encoded = encode({ messages: [{ role: 'user', parts: [{ type: 'text', text: 'Кто это?' }, picture] }] });
  expect(encoded.json).toMatchObject({ messages: [{ role: 'user', text: 'Кто это?' }] });
  expect(encoded.warnings).toEqual(['content_dropped messages']);
});
