import type { ChatRequest, StreamEvent } from '@multimodel/core';
import { expect, test } from 'vitest';
import { collectAnswer } from '../model/collect-answer.ts';
import { createAiSdkChatModel } from './ai-sdk-chat-model.ts';
import type { AiSdkLanguageModel, AiSdkSpecification } from './language-model.ts';

interface Scripted extends AiSdkLanguageModel {
  /** Of the last call. */
  options: Readonly<Record<string, unknown>>;
  readonly cancelled: Promise<unknown>;
}

/** A model that streams these parts and then ends, or waits for ever. */
function scripted(specificationVersion: AiSdkSpecification, parts: readonly unknown[], isEndless = false): Scripted {
  const { promise: cancelled, resolve: cancel } = Promise.withResolvers<unknown>();
  return {
    specificationVersion,
    provider: 'test',
    modelId: 'm',
    options: {},
    cancelled,
    doStream(options) {
      this.options = { ...options };
      const stream = new ReadableStream<unknown>({
        start(controller) {
          for (const part of parts) controller.enqueue(part);
          if (!isEndless) controller.close();
        },
        cancel,
      });
      return Promise.resolve({ stream });
    },
  };
}

const question: ChatRequest = { messages: [{ role: 'user', parts: [{ type: 'text', text: '?' }] }] };
const deps = { providerId: 'p', secrets: ['top-secret-key'] };
const signal = () => new AbortController().signal;
const ask = (model: AiSdkLanguageModel, request: Partial<ChatRequest> = {}) =>
  collectAnswer(createAiSdkChatModel(model, deps).stream({ ...question, ...request }, { signal: signal() }));

const v2Finish = {
  type: 'finish',
  finishReason: 'stop',
  usage: { inputTokens: 5, outputTokens: 9, totalTokens: 14, reasoningTokens: 2, cachedInputTokens: 3 },
};
const groupedUsage = {
  inputTokens: { total: 5, noCache: 2, cacheRead: 3, cacheWrite: undefined },
  outputTokens: { total: 9, text: 7, reasoning: 2 },
};
const v4Finish = { type: 'finish', finishReason: { unified: 'stop', raw: 'end' }, usage: groupedUsage };

test.each([
  ['v2', v2Finish],
  ['v3', v4Finish],
  ['v4', v4Finish],
] as const)('%s: text, reasoning, counts in their shape, one finish', async (version, finish) => {
  const model = scripted(version, [
    { type: 'stream-start', warnings: [] },
    { type: 'response-metadata', id: 'x', modelId: 'm-001' },
    { type: 'reasoning-start', id: '0' },
    { type: 'reasoning-delta', id: '0', delta: 'Думаю' },
    { type: 'text-start', id: '1' },
    { type: 'text-delta', id: '1', delta: 'При' },
    { type: 'text-delta', id: '1', delta: '' },
    { type: 'text-delta', id: '1', delta: 'вет' },
    { type: 'text-end', id: '1' },
    { type: 'something-new', anything: 1 },
    finish,
    { type: 'text-delta', id: '1', delta: 'after the end' },
  ]);
  expect(await ask(model)).toMatchObject({
    text: 'Привет',
    reasoning: 'Думаю',
    reason: 'stop',
    usage: { inputTokens: 5, outputTokens: 9, reasoningTokens: 2, cachedInputTokens: 3 },
    modelVersion: 'm-001',
  });
});

test.each([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content-filter', 'content_filter'],
  ['tool-calls', 'tool_calls'],
  ['error', 'other'],
] as const)('the reason %s is %s in every specification', async (reason, expected) => {
  const plain = scripted('v2', [{ ...v2Finish, finishReason: reason }]);
  const grouped = scripted('v4', [{ ...v4Finish, finishReason: { unified: reason, raw: 'x' } }]);
  expect([(await ask(plain)).reason, (await ask(grouped)).reason]).toEqual([expected, expected]);
});

test.each<[string, AiSdkLanguageModel]>([
  ['no finish', scripted('v4', [{ type: 'text-delta', delta: 'При' }])],
  ['a reason that nobody told (v2)', scripted('v2', [{ ...v2Finish, finishReason: 'unknown' }])],
  ['a reason that nobody told (v3)', scripted('v3', [{ ...v4Finish, finishReason: { unified: 'other', raw: undefined } }])],
  ['an interruption (v4)', scripted('v4', [{ ...v4Finish, finishReason: { unified: 'interrupted', raw: undefined } }])],
  ['a part of another form', scripted('v4', [{ type: 'text-delta', text: 'При' }, v4Finish])],
  ['arguments that are no JSON', scripted('v4', [{ type: 'tool-call', toolCallId: '1', toolName: 'f', input: '{"a"' }, v4Finish])],
])('%s is a protocol error, never a finish', async (_name, model) => {
  await expect(ask(model)).rejects.toMatchObject({ code: 'protocol', providerId: 'p' });
});

test('calls of tools, but not those that the vendor has done itself', async () => {
  const model = scripted('v4', [
    { type: 'tool-call', toolCallId: '1', toolName: 'get_weather', input: '{"city":"Уфа"}' },
    { type: 'tool-call', toolCallId: '2', toolName: 'now', input: '' },
    { type: 'tool-call', toolCallId: '3', toolName: 'web_search', input: '{}', providerExecuted: true },
    { ...v4Finish, finishReason: { unified: 'tool-calls', raw: 'tool_use' } },
  ]);
  expect((await ask(model)).toolCalls).toEqual([
    { callId: '1', name: 'get_weather', arguments: { city: 'Уфа' } },
    { callId: '2', name: 'now', arguments: {} },
  ]);
});

test.each<[AiSdkSpecification, unknown]>([
  ['v2', 'eA=='],
  ['v3', new Uint8Array([120])],
  ['v4', { type: 'data', data: 'eA==' }],
])('%s: a picture is a file; a link to one is told', async (version, data) => {
  const finish = version === 'v2' ? v2Finish : v4Finish;
  const made = await ask(scripted(version, [{ type: 'file', mediaType: 'image/png', data }, finish]));
  expect(made.files).toEqual([{ mediaType: 'image/png', data: new Uint8Array([120]) }]);
  const linked = await ask(
    scripted('v4', [{ type: 'file', mediaType: 'image/png', data: { type: 'url', url: new URL('https://a.b') } }, v4Finish]),
  );
  expect(linked).toMatchObject({ files: [], warnings: [{ code: 'content_dropped' }] });
});

test('what a provider leaves out it says in the words of its specification; ours come out', async () => {
  const v2 = await ask(
    scripted('v2', [
      {
        type: 'stream-start',
        warnings: [
          { type: 'unsupported-setting', setting: 'stopSequences' },
          { type: 'unsupported-setting', setting: 'temperature', details: '3 exceeds the maximum of 1. clamped to 1' },
          { type: 'other', message: 'Something else' },
        ],
      },
      v2Finish,
    ]),
  );
  expect(v2.warnings.map(({ code, parameter }) => [code, parameter])).toEqual([
    ['parameter_dropped', 'stop'],
    ['parameter_changed', 'temperature'],
    ['parameter_dropped', undefined],
  ]);
  const warnings = [
    { type: 'unsupported', feature: 'reasoning' },
    { type: 'compatibility', feature: 'responseFormat', details: 'without a schema' },
  ];
  const v4 = await ask(scripted('v4', [{ type: 'stream-start', warnings }, v4Finish]));
  expect(v4.warnings.map(({ code, parameter }) => [code, parameter])).toEqual([
    ['parameter_dropped', 'reasoningEffort'],
    ['parameter_changed', 'responseFormat'],
  ]);
});

const whole: ChatRequest = {
  messages: [
    { role: 'system', parts: [{ type: 'text', text: 'Кратко.' }] },
    {
      role: 'user',
      parts: [
        { type: 'text', text: 'Что тут?' },
        { type: 'file', mediaType: 'image/png', name: 'a.png', data: new Uint8Array([120]) },
      ],
    },
    { role: 'assistant', parts: [{ type: 'text', text: '' }] },
    { role: 'assistant', parts: [{ type: 'tool-call', callId: '1', name: 'f', arguments: { a: 1 } }] },
    { role: 'tool', parts: [{ type: 'tool-result', callId: '1', name: 'f', content: 'ok' }] },
  ],
  temperature: 0.3,
  topP: 0.9,
  maxOutputTokens: 100,
  stop: ['END'],
  seed: 7,
  responseFormat: { type: 'json-schema', name: 'city', schema: { type: 'object' } },
  tools: [{ name: 'f', description: 'd', parameters: { type: 'object' }, strict: true }],
  toolChoice: { name: 'f' },
  reasoningEffort: 'off',
  parallelToolCalls: false,
};

test.each<[AiSdkSpecification, unknown, object, object, readonly string[]]>([
  ['v2', new Uint8Array([120]), {}, {}, ['reasoningEffort', 'parallelToolCalls']],
  ['v3', new Uint8Array([120]), { strict: true }, {}, ['reasoningEffort', 'parallelToolCalls']],
  ['v4', { type: 'data', data: new Uint8Array([120]) }, { strict: true }, { reasoning: 'none' }, ['parallelToolCalls']],
])('%s: a request in its words', async (...[version, data, strict, reasoning, dropped]) => {
  const model = scripted(version, [version === 'v2' ? v2Finish : v4Finish]);
  const { warnings } = await ask(model, whole);
  const { abortSignal, ...options } = model.options;
  expect(abortSignal).toBeInstanceOf(AbortSignal);
  expect(options).toEqual({
    prompt: [
      { role: 'system', content: 'Кратко.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Что тут?' },
          { type: 'file', mediaType: 'image/png', filename: 'a.png', data },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: '1', toolName: 'f', input: { a: 1 } }] },
      { role: 'tool', content: [{ type: 'tool-result', toolCallId: '1', toolName: 'f', output: { type: 'text', value: 'ok' } }] },
    ],
    temperature: 0.3,
    topP: 0.9,
    maxOutputTokens: 100,
    stopSequences: ['END'],
    seed: 7,
    responseFormat: { type: 'json', name: 'city', schema: { type: 'object' } },
    tools: [{ type: 'function', name: 'f', description: 'd', inputSchema: { type: 'object' }, ...strict }],
    toolChoice: { type: 'tool', toolName: 'f' },
    ...reasoning,
  });
  expect(warnings.map(({ parameter }) => parameter)).toEqual(dropped);
});

test('a plain question has no settings that nobody set', async () => {
  const model = scripted('v4', [v4Finish]);
  await ask(model);
  expect(Object.keys(model.options).toSorted()).toEqual(['abortSignal', 'prompt']);
});

async function firstOf(stream: AsyncIterable<StreamEvent>): Promise<AsyncIterator<StreamEvent>> {
  const iterator = stream[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toMatchObject({ type: 'text-delta' });
  return iterator;
}

const stalled = () => scripted('v4', [{ type: 'text-delta', delta: 'При' }], true);

test('an abort ends a model that does not listen to its signal, and cancels its stream', async () => {
  const model = stalled();
  const controller = new AbortController();
  const iterator = await firstOf(createAiSdkChatModel(model, deps).stream(question, { signal: controller.signal }));
  const pending = iterator.next();
  controller.abort();
  await expect(pending).rejects.toMatchObject({ code: 'cancelled' });
  await model.cancelled;
});

test('leaving early cancels the stream and tells the model', async () => {
  const model = stalled();
  const iterator = await firstOf(createAiSdkChatModel(model, deps).stream(question, { signal: signal() }));
  await iterator.return?.();
  await model.cancelled;
  expect(model.options['abortSignal']).toMatchObject({ aborted: true });
});

test('closing the provider ends its calls as a lost connection', async () => {
  const closing = new AbortController();
  const model = createAiSdkChatModel(stalled(), { ...deps, closing: closing.signal });
  const iterator = await firstOf(model.stream(question, { signal: signal() }));
  const pending = iterator.next();
  closing.abort();
  await expect(pending).rejects.toMatchObject({ code: 'network' });
});

test('anything else is refused at once', () => {
  const old: AiSdkLanguageModel = { ...scripted('v4', []), specificationVersion: 'v1' };
  expect(() => createAiSdkChatModel(old, deps)).toThrow(TypeError);
});
