import { expect, test } from 'vitest';
import { exampleApiKey, exampleFolderId, startYandexGptSimulator, type YandexGptSimulator } from '../index.ts';

const familyA = `gpt://${exampleFolderId}/yandexgpt-5.1`;
const familyB = `gpt://${exampleFolderId}/qwen3-235b-a22b-fp8`;

function chat(simulator: YandexGptSimulator, model: string, text: string, more: object = {}): Promise<Response> {
  return fetch(`${simulator.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${exampleApiKey}`, 'x-client-request-id': 'ours' },
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: text }], ...more }),
  });
}

interface Chunk {
  readonly id?: string;
  readonly model?: string;
  readonly choices?: readonly { readonly delta: Readonly<Record<string, unknown>>; readonly finish_reason?: string }[];
  readonly usage?: unknown;
  readonly error?: unknown;
}

async function events(response: Response): Promise<readonly (Chunk | string)[]> {
  const frames = (await response.text()).split('\n\n').filter((frame) => frame !== '');
  return frames.map((frame) => frame.replace(/^data: /u, '')).map((data) => (data === '[DONE]' ? data : JSON.parse(data)));
}

function deltasOf(found: readonly (Chunk | string)[]): readonly unknown[] {
  return found.flatMap((chunk): readonly unknown[] =>
    typeof chunk === 'string' || !chunk.choices ? [chunk] : chunk.choices.map(({ delta }) => delta),
  );
}

test('V18: family A sends the role with the first content, no usage, and echoes the whole URI', async () => {
  await using simulator = await startYandexGptSimulator();
  const response = await chat(simulator, familyA, '[[say The result.]]');
  const found = await events(response);
  expect(deltasOf(found)).toEqual([{ role: 'assistant', content: 'The' }, { content: ' result.' }, '[DONE]']);
  expect(found.at(0)).toMatchObject({ model: familyA, id: expect.stringMatching(/^[0-9a-f]{8}-/u) });
  expect(found.at(1)).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
  expect(JSON.stringify(found)).not.toContain('usage');
  expect(response.headers.get('x-client-request-id')).toBe('ours');
});

test('V18: ids of calls in family A are the names of the functions', async () => {
  await using simulator = await startYandexGptSimulator();
  simulator.play({
    kind: 'tool-calls',
    calls: [
      { name: 'f', arguments: { a: 1 } },
      { name: 'f', arguments: { a: 2 } },
    ],
  });
  const body: unknown = await (await chat(simulator, familyA, '?', { stream: false, parallel_tool_calls: false })).json();
  const calls = [
    { id: 'f', function: { arguments: '{"a":1}' } },
    { id: 'f', function: { arguments: '{"a":2}' } },
  ];
  expect(body).toMatchObject({ choices: [{ finish_reason: 'tool_calls', message: { content: '', tool_calls: calls } }] });
});

test('V19: family B sends role, empty deltas, the end and usage apart, and drops the folder', async () => {
  await using simulator = await startYandexGptSimulator();
  const response = await chat(simulator, familyB, '[[reasoning 1]] [[say A B]]');
  const found = await events(response);
  expect(deltasOf(found)).toEqual([
    { role: 'assistant' },
    { reasoning_content: 'Мысль 1. ' },
    { content: 'A' },
    {},
    { content: ' B' },
    {},
    '[DONE]',
  ]);
  expect(found.at(0)).toMatchObject({ model: 'gpt://qwen3-235b-a22b-fp8/latest', id: expect.stringMatching(/^chatcmpl-/u) });
  expect(found.at(-2)).toMatchObject({ choices: [], usage: { completion_tokens: expect.any(Number) } });
  expect(response.headers.get('x-request-id')).toBeNull();
});

test('V19: pieces of a call go on with empty strings', async () => {
  await using simulator = await startYandexGptSimulator();
  const deltas = deltasOf(await events(await chat(simulator, familyB, '[[tool calc {"e": "7*6"}]]')));
  expect(deltas.slice(1, 4)).toMatchObject([
    { tool_calls: [{ id: expect.stringMatching(/^chatcmpl-tool-[0-9a-f]{32}$/u), function: { name: 'calc', arguments: '' } }] },
    { tool_calls: [{ id: '', type: '', function: { name: '', arguments: '{"e": ' } }] },
    { tool_calls: [{ id: '', type: '', function: { name: '', arguments: '"7*6"}' } }] },
  ]);
});

test('V20, V23: an error inside the stream, and the filter', async () => {
  await using simulator = await startYandexGptSimulator();
  const failed = await events(await chat(simulator, familyB, '[[long 3]] [[error 1]]'));
  expect(failed.at(-1)).toEqual({ error: { message: 'upstream unavailable' } });
  const filtered = await events(await chat(simulator, familyA, '[[long 3]] [[filter 1]]'));
  expect(filtered.at(-2)).toMatchObject({
    choices: [{ finish_reason: 'content_filter', delta: { content: 'Я не могу обсуждать эту тему.' } }],
  });
});

test('V20: unknown routes are plain text', async () => {
  await using simulator = await startYandexGptSimulator();
  const response = await fetch(`${simulator.url}/v1/responses`, { method: 'POST', body: '{}' });
  expect([response.status, await response.text()]).toEqual([404, '404 page not found']);
});

test('V21: models need a project', async () => {
  await using simulator = await startYandexGptSimulator();
  const list = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${simulator.url}/v1/models`, { headers: { authorization: `Api-Key ${exampleApiKey}`, ...headers } });
  expect((await list({})).status).toBe(400);
  expect((await list({ 'openai-project': 'b1gwrong00000000000' })).status).toBe(400);
  expect(await (await list({ 'openai-project': exampleFolderId })).json()).toMatchObject({
    object: 'list',
    data: expect.arrayContaining([
      { id: `gpt://${exampleFolderId}/aliceai-llm/latest`, object: 'model', owned_by: 'Yandex', created: 0 },
      { id: `emb://${exampleFolderId}/text-embeddings/latest@tamexample`, object: 'model', owned_by: 'Yandex', created: 0 },
    ]),
  });
});

test('V22: embeddings have 256 numbers, the same for the same text', async () => {
  await using simulator = await startYandexGptSimulator();
  const ask = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Api-Key ${exampleApiKey}` };
    const response = await fetch(simulator.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return JSON.parse(await response.text());
  };
  const native = await ask('/foundationModels/v1/textEmbedding', { modelUri: `emb://${exampleFolderId}/text-search-doc`, text: 'мир' });
  const facade = await ask('/v1/embeddings', { model: `emb://${exampleFolderId}/text-search-doc/latest`, input: ['мир'] });
  expect(native).toMatchObject({ numTokens: '1', embedding: expect.objectContaining({ length: 256 }) });
  expect(facade).toMatchObject({ data: [{ index: 0, embedding: native['embedding'] }], usage: { prompt_tokens: 1 } });
});
