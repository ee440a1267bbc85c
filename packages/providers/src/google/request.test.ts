import type { ChatRequest, ModelMessage } from '@multimodel/core';
import { expect, test } from 'vitest';
import { factsOf } from './catalog.ts';
import { toContentRequest } from './content-request.ts';
import { openTestAccount, user } from './test-account.ts';

const flash = 'gemini-2.5-flash';
const tools = [{ name: 'get_weather', description: 'Погода', parameters: { type: 'object', properties: {} } }];

/** The request as it leaves, and the parameters that were dropped or changed. */
function wire(request: Partial<ChatRequest>, model = flash) {
  const { body, warnings } = toContentRequest({ messages: [user('?')], ...request }, model, factsOf(model));
  const sent: Record<string, unknown> = JSON.parse(JSON.stringify(body));
  return { body: sent, config: sent['generationConfig'], told: warnings.map(({ parameter, code }) => `${parameter ?? ''} ${code}`) };
}

const system: ModelMessage = { role: 'system', parts: [{ type: 'text', text: 'Кратко.' }] };

test('a conversation: instructions apart, the model under its name', () => {
  const messages = [
    system,
    user('Раз'),
    { role: 'assistant', parts: [{ type: 'text', text: 'Два' }] } as const,
    user('Три'),
    user('Четыре'),
  ];
  expect(wire({ messages }).body).toEqual({
    systemInstruction: { parts: [{ text: 'Кратко.' }] },
    contents: [
      { role: 'user', parts: [{ text: 'Раз' }] },
      { role: 'model', parts: [{ text: 'Два' }] },
      { role: 'user', parts: [{ text: 'Три' }, { text: 'Четыре' }] },
    ],
    generationConfig: { thinkingConfig: { includeThoughts: true } },
  });
});

test('Gemma reads the instructions in front of the question', () => {
  const { body } = wire({ messages: [system, user('Раз')] }, 'gemma-3-27b-it');
  expect(body['systemInstruction']).toBeUndefined();
  expect(body['contents']).toEqual([{ role: 'user', parts: [{ text: 'Кратко.\n\n' }, { text: 'Раз' }] }]);
});

test('calls and results; the newer models get the word for a signature with the first call', () => {
  const call = (callId: string) => ({ type: 'tool-call', callId, name: 'f', arguments: { a: 1 } }) as const;
  const result = (callId: string, content: string) => ({ type: 'tool-result', callId, name: 'f', content }) as const;
  const messages: readonly ModelMessage[] = [
    user('?'),
    { role: 'assistant', parts: [call('1'), call('2')] },
    { role: 'tool', parts: [result('1', '{"t":-5}'), result('2', 'ясно')] },
  ];
  const calls = (signature: object) => [
    { functionCall: { id: '1', name: 'f', args: { a: 1 } }, ...signature },
    { functionCall: { id: '2', name: 'f', args: { a: 1 } } },
  ];
  const results = [
    { functionResponse: { id: '1', name: 'f', response: { t: -5 } } },
    { functionResponse: { id: '2', name: 'f', response: { output: 'ясно' } } },
  ];
  const contents = (signature: object) => [
    { role: 'user', parts: [{ text: '?' }] },
    { role: 'model', parts: calls(signature) },
    { role: 'user', parts: results },
  ];
  expect(wire({ messages }).body['contents']).toEqual(contents({}));
  const signed = contents({ thoughtSignature: 'skip_thought_signature_validator' });
  expect(wire({ messages }, 'gemini-3.8-flash').body['contents']).toEqual(signed);
});

test('files go inside; what the model cannot take is told; a picture of its own goes back', () => {
  const file = (mediaType: string) => ({ type: 'file', mediaType, data: new Uint8Array([120]) }) as const;
  const messages: readonly ModelMessage[] = [
    { role: 'user', parts: [file('image/png'), file('audio/mpeg'), file('application/zip')] },
    { role: 'assistant', parts: [file('image/png')] },
  ];
  const sent = wire({ messages });
  expect(sent.body['contents']).toEqual([
    {
      role: 'user',
      parts: [{ inlineData: { mimeType: 'image/png', data: 'eA==' } }, { inlineData: { mimeType: 'audio/mpeg', data: 'eA==' } }],
    },
    { role: 'model', parts: [{ inlineData: { mimeType: 'image/png', data: 'eA==' } }] },
  ]);
  expect(sent.told).toEqual(['messages content_dropped']);
});

const thoughts = { includeThoughts: true };
test.each<[string, ChatRequest['reasoningEffort'], unknown, readonly string[]]>([
  [flash, undefined, thoughts, []],
  [flash, 'low', { ...thoughts, thinkingBudget: 2048 }, []],
  [flash, 'off', { thinkingBudget: 0 }, []],
  ['gemini-2.5-pro', 'off', { thinkingBudget: 128 }, ['reasoningEffort parameter_changed']],
  ['gemini-3.8-flash', 'high', { ...thoughts, thinkingLevel: 'high' }, []],
  ['gemini-3.8-flash', 'off', { thinkingLevel: 'low' }, ['reasoningEffort parameter_changed']],
  ['gemini-3.5-flash-lite', 'off', { thinkingLevel: 'minimal' }, ['reasoningEffort parameter_changed']],
  ['gemini-3.1-pro-preview', 'off', { thinkingLevel: 'low' }, ['reasoningEffort parameter_changed']],
  ['gemini-4-argon', 'medium', { ...thoughts, thinkingLevel: 'medium' }, []],
  ['gemini-2.0-flash', 'high', undefined, ['reasoningEffort parameter_dropped']],
  ['gemma-3-27b-it', undefined, undefined, []],
])('%s, effort %s', (model, reasoningEffort, thinkingConfig, told) => {
  const sent = wire({ reasoningEffort }, model);
  expect(sent.config).toEqual(thinkingConfig === undefined ? {} : { thinkingConfig });
  expect(sent.told).toEqual(told);
});

test('numbers, texts to stop at and a seed', () => {
  const sent = wire(
    { temperature: 3, topP: 0.9, maxOutputTokens: 100, seed: 7, stop: ['a', '', 'b', 'c', 'd', 'e', 'f'] },
    'gemini-2.0-flash',
  );
  expect(sent.config).toEqual({ temperature: 2, topP: 0.9, maxOutputTokens: 100, seed: 7, stopSequences: ['a', 'b', 'c', 'd', 'e'] });
  expect(sent.told).toEqual(['temperature parameter_changed', 'stop parameter_changed']);
});

test.each<[ChatRequest['toolChoice'], unknown]>([
  [undefined, undefined],
  ['auto', { mode: 'AUTO' }],
  ['none', { mode: 'NONE' }],
  ['required', { mode: 'ANY' }],
  [{ name: 'get_weather' }, { mode: 'ANY', allowedFunctionNames: ['get_weather'] }],
])('tools, choice %j', (toolChoice, expected) => {
  const { body } = wire({ tools, toolChoice });
  const declared = { name: 'get_weather', description: 'Погода', parametersJsonSchema: { type: 'object', properties: {} } };
  expect(body['tools']).toEqual([{ functionDeclarations: [declared] }]);
  expect(body['toolConfig']).toEqual(expected === undefined ? undefined : { functionCallingConfig: expected });
});

test('what a model lacks is told: tools and formats of Gemma, a format beside tools, one call at a time', () => {
  expect(wire({ tools, responseFormat: { type: 'json' } }, 'gemma-3-27b-it').told).toEqual([
    'tools parameter_dropped',
    'responseFormat parameter_dropped',
  ]);
  expect(wire({ tools, responseFormat: { type: 'json' } }).told).toEqual(['responseFormat parameter_dropped']);
  expect(wire({ tools, responseFormat: { type: 'json' } }, 'gemini-3.8-flash').told).toEqual([]);
  expect(wire({ tools, parallelToolCalls: false }).told).toEqual(['parallelToolCalls parameter_dropped']);
});

test.each(['gemini-3.8-flash', 'gemini-3.5-flash-lite', 'gemini-2.5-pro', flash])('%s takes every effort that it offers', async (id) => {
  await using account = await openTestAccount();
  const models = await account.provider.listModels({ signal: new AbortController().signal });
  const efforts = models.find((model) => model.id === id)?.parameters.reasoningEffort ?? [];
  expect(efforts).toHaveLength(4);
  for (const reasoningEffort of efforts) {
    expect((await account.ask({ messages: [user('[[say Да]]')], reasoningEffort }, id)).text).toBe('Да');
  }
});
