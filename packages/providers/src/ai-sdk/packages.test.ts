import { AppError, type MayConnect, type ModelMessage, type Provider, ProviderError } from '@multimodel/core';
import { collectAnswer } from '@multimodel/provider-sdk';
import { createFakeClock, createMemoryLogger } from '@multimodel/provider-sdk/testing';
import { exampleOpenAiKey, type OpenAiSimulator, startOpenAiSimulator } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { aiSdk } from './ai-sdk.ts';

const signal = () => new AbortController().signal;
const user = (text: string): ModelMessage => ({ role: 'user', parts: [{ type: 'text', text }] });

function open(settings: Readonly<Record<string, unknown>>, mayConnect?: MayConnect): Provider {
  const context = { slug: 'bridge', clock: createFakeClock(), logger: createMemoryLogger(), mayConnect };
  return aiSdk.create(aiSdk.settings.parse(settings), context);
}

const mistralAt = ({ url }: OpenAiSimulator, more: object = {}) =>
  open({ package: '@ai-sdk/mistral', apiKey: exampleOpenAiKey, baseUrl: `${url}/v1`, models: 'sim-large, sim-small', ...more });

test('a package and a key are enough; the models are those of the settings', async () => {
  await using simulator = await startOpenAiSimulator({ dialect: 'mistral' });
  await using provider = mistralAt(simulator);
  expect((await provider.listModels({ signal: signal() })).map(({ id }) => id)).toEqual(['sim-large', 'sim-small']);
  expect(await provider.probe({ signal: signal() })).toMatchObject({ ok: true, untried: ['reach', 'auth', 'access'] });
  expect(simulator.requests).toEqual([]);
  const answer = await collectAnswer(provider.chatModel('sim-small').stream({ messages: [user('[[say Привет]]')] }, { signal: signal() }));
  expect(answer).toMatchObject({ text: 'Привет', reason: 'stop', warnings: [] });
  expect(simulator.requests[0]).toMatchObject({ path: '/v1/chat/completions', headers: { authorization: `Bearer ${exampleOpenAiKey}` } });
});

test('without models in the settings there is no list, yet any model can be asked', async () => {
  await using simulator = await startOpenAiSimulator({ dialect: 'mistral' });
  await using provider = mistralAt(simulator, { models: '' });
  expect(await provider.listModels({ signal: signal() })).toEqual([]);
  const answer = await collectAnswer(provider.chatModel('sim-large').stream({ messages: [user('[[say Да]]')] }, { signal: signal() }));
  expect(answer.text).toBe('Да');
});

test('headers and other settings go to the package, as objects or as their text', async () => {
  await using simulator = await startOpenAiSimulator();
  const settings = { package: '@ai-sdk/openai-compatible', apiKey: exampleOpenAiKey, baseUrl: `${simulator.url}/v1` };
  await using provider = open({ ...settings, headers: { 'x-team': 'blue' }, options: '{"includeUsage": true}' });
  const answer = await collectAnswer(provider.chatModel('sim-small').stream({ messages: [user('?')] }, { signal: signal() }));
  expect(answer.usage?.outputTokens).toBeGreaterThan(0);
  expect(simulator.requests[0]?.headers['x-team']).toBe('blue');
});

test('a package connects where the server allows it, and nowhere else', async () => {
  await using simulator = await startOpenAiSimulator({ dialect: 'mistral' });
  const { port } = new URL(simulator.url);
  const asked: string[] = [];
  const settings = { package: '@ai-sdk/mistral', apiKey: exampleOpenAiKey, baseUrl: `http://localhost:${port}/v1` };
  await using provider = open(settings, (host) => asked.push(host) < 0);
  const answer = collectAnswer(provider.chatModel('sim-large').stream({ messages: [user('?')] }, { signal: signal() }));
  await expect(answer).rejects.toMatchObject({ code: 'network', details: { reason: 'private_address' } });
  expect(new Set(asked)).toEqual(new Set(['localhost']));
  expect(simulator.requests).toEqual([]);
});

test('a tool is called through a package, and its result answered', async () => {
  await using simulator = await startOpenAiSimulator({ dialect: 'mistral' });
  await using provider = mistralAt(simulator);
  const tools = [{ name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } }];
  const ask = (messages: readonly ModelMessage[]) =>
    collectAnswer(provider.chatModel('sim-large').stream({ messages, tools }, { signal: signal() }));
  const first = await ask([user('Позови get_weather')]);
  expect(first).toMatchObject({ reason: 'tool_calls', toolCalls: [{ name: 'get_weather', arguments: { city: 'Казань' } }] });
  const callId = first.toolCalls[0]?.callId ?? '';
  const second = await ask([
    user('Позови get_weather'),
    { role: 'assistant', parts: [{ type: 'tool-call', callId, name: 'get_weather', arguments: { city: 'Казань' } }] },
    { role: 'tool', parts: [{ type: 'tool-result', callId, name: 'get_weather', content: '-5 °C' }] },
  ]);
  expect(second.text).toContain('-5 °C');
});

test.each([
  ['a package that is not installed', { package: '@ai-sdk/no-such-package' }, /npm install @ai-sdk\/no-such-package/u],
  ['a package of something else', { package: 'zod' }, /не пакет AI SDK/u],
  ['a module of Node', { package: 'fs' }, /не имя пакета/u],
  ['a path', { package: '../secrets.js' }, /не имя пакета/u],
  ['a function that is not there', { package: '@ai-sdk/mistral', factory: 'createMistrall' }, /createMistral$/u],
])('%s is told with what to do', async (_name, settings, words) => {
  await using provider = open({ ...settings, apiKey: 'key-0000', models: 'm' });
  // They stay visible, so that it can be seen what is wrong with them.
  expect(provider.catalog?.map(({ id }) => id)).toEqual(['m']);
  const failures = [
    provider.probe({ signal: signal() }),
    provider.listModels({ signal: signal() }),
    collectAnswer(provider.chatModel('m').stream({ messages: [user('?')] }, { signal: signal() })),
  ];
  for (const failure of failures) {
    const error: unknown = await failure.catch((reason: unknown) => reason);
    if (!(error instanceof ProviderError)) throw new Error('it went well');
    expect(error).toMatchObject({
      code: 'invalid_request',
      mayFailOver: true,
      providerId: 'bridge',
      text: { ru: expect.stringMatching(words) },
    });
    expect(provider.explain?.(error)).toEqual(error.text);
  }
});

test.each([
  ['no package', {}, /package/u],
  ['an address among the other settings', { package: 'a', options: { baseURL: 'http://10.0.0.1' } }, /baseUrl/u],
  ['headers that are no object', { package: 'a', headers: '[1]' }, /headers: .*JSON object/u],
  ['a header that is no text', { package: 'a', headers: { 'x-a': 1 } }, /x-a must be a text/u],
  ['a key on two lines', { package: 'a', apiKey: 'ab\ncd' }, /line break/u],
])('%s is refused by the settings', (_name, settings, message) => {
  const parse = (): unknown => aiSdk.settings.parse(settings);
  expect(parse).toThrow(AppError);
  expect(parse).toThrow(message);
});
