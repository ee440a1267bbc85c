import { expect, test } from 'vitest';
import { toRecord, toText } from '../host/json.ts';
import { startGigaChatSimulator } from '../index.ts';
import { answerOf, chunksOf, refusal, said, TestClient } from './test-client.ts';

function form(type: string, name: string, bytes = 'не картинка'): FormData {
  const data = new FormData();
  data.set('file', new File([bytes], name, { type }));
  data.set('purpose', 'general');
  return data;
}

async function upload(client: TestClient, data: FormData, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  return toText(toRecord(await (await client.post('/files', data, { headers })).json())['id']);
}

const withFiles = (ids: readonly string[], model = 'GigaChat-2-Max'): object => ({
  model,
  messages: [{ role: 'user', content: 'Что это?', attachments: ids }],
});

test('V17: an uploaded picture is seen by the models that can', async () => {
  await using simulator = await startGigaChatSimulator({ now: () => 1_700_000_000_999 });
  const client = await TestClient.open(simulator);
  const described = await (await client.post('/files', form('image/png', 'кот.png'))).json();
  expect(described).toEqual({
    id: expect.stringMatching(/^[\da-f-]{36}$/u),
    object: 'file',
    bytes: 21,
    created_at: 1_700_000_000,
    filename: 'кот.png',
    purpose: 'general',
    access_policy: 'private',
    modalities: ['image'],
  });
  const id = toText(toRecord(described)['id']);
  const { choices } = await answerOf(await client.chat('', withFiles([id])));
  expect(choices[0].message.content).toContain('кот.png (image/png, 21 Б)');
  expect((await client.chat('', withFiles([id], 'GigaChat-2'))).status).toBe(422);
  expect((await client.chat('', withFiles([id, id]))).status).toBe(422);
  expect((await client.chat('', withFiles(['nonsense']))).status).toBe(404);
});

test('V17: two pictures in a message, where a simulator is told to allow them', async () => {
  await using simulator = await startGigaChatSimulator({ quirks: { imagesPerMessage: 2 } });
  const client = await TestClient.open(simulator);
  const id = await upload(client, form('image/jpeg', 'a.jpg'));
  expect((await client.chat('', withFiles([id, id]))).status).toBe(200);
});

test('the life of a file: listed, read, described, deleted by POST', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const id = await upload(client, form('text/plain;charset=utf-8', 'a.txt', 'текст'));
  expect(await (await client.get('/files')).json()).toMatchObject({ data: [{ id, filename: 'a.txt' }] });
  expect(await (await client.get(`/files/${id}`)).json()).not.toHaveProperty('modalities');
  const content = await client.get(`/files/${id}/content`);
  expect([content.headers.get('content-disposition'), await content.text()]).toEqual([expect.stringContaining('a.txt'), 'текст']);
  const other = await TestClient.open(simulator, 'id-b2b', 'GIGACHAT_API_B2B');
  expect((await other.get(`/files/${id}`)).status).toBe(404);
  expect(await (await client.post(`/files/${id}/delete`, '')).json()).toEqual({
    id,
    object: 'file',
    deleted: true,
    access_policy: 'private',
  });
  expect((await client.get(`/files/${id}`)).status).toBe(404);
  expect(simulator.files).toEqual([]);
});

test('what is no form, of an unknown type or too large is refused', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const withoutPurpose = form('text/plain', 'a.txt');
  withoutPurpose.delete('purpose');
  const large = form('image/png', 'a.png', 'a'.repeat(15 * 1024 * 1024 + 1));
  const statuses = [];
  for (const body of ['{}', withoutPurpose, form('video/mp4', 'a.mp4'), large]) statuses.push((await client.post('/files', body)).status);
  expect(statuses).toEqual([400, 400, 400, 413]);
  expect(await refusal(await client.at(`${simulator.url}/v2`).get('/files'))).toEqual([403, { status: 403, message: 'Permission denied' }]);
});

test('V18: a picture is drawn, and read by who asked for it', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const headers = { 'x-client-id': 'anna' };
  const { choices } = await answerOf(await client.chat('Нарисуй кота', { function_call: 'auto' }, { headers }));
  const [, id = ''] = /^<img src="([\da-f-]{36})" fuse="true"\/>/u.exec(choices[0].message.content) ?? [];
  expect([choices[0].finish_reason, choices[0].message.functions_state_id]).toEqual(['stop', expect.any(String)]);
  const bytes = new Uint8Array(await (await client.get(`/files/${id}/content`, headers)).arrayBuffer());
  expect(bytes.slice(0, 3)).toEqual(Uint8Array.of(0xff, 0xd8, 0xff));
  expect((await client.get(`/files/${id}/content`, { 'x-client-id': 'boris' })).status).toBe(404);
  expect((await client.get(`/files/${id}/content`)).status).toBe(404);
});

test('V18: a stream tells how the drawing goes on; the tag is cut between deltas', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const chunks = await chunksOf(await client.chat('Нарисуй кота', { function_call: 'auto', stream: true }));
  const deltas = chunks.map(({ choices }) => choices[0].delta);
  expect(deltas.slice(0, 2)).toMatchObject([{ role: 'function_in_progress', name: 'text2image' }, { role: 'function_in_progress' }]);
  expect(deltas[2]).toMatchObject({ role: 'assistant', content: expect.stringMatching(/^<img src="[^>]*$/u) });
  expect(said(chunks)).toMatch(/^<img src="[\da-f-]{36}" fuse="true"\/> Вот/u);
});

test.each([
  [{ function_call: 'none' }, false],
  [{}, false],
  [{ function_call: 'auto', functions: [{ name: 'text2image' }] }, true],
  [{ function_call: { name: 'text2image' } }, true],
  [{ function_call: 'auto', functions: [{ name: 'own', parameters: { type: 'object', properties: {} } }] }, false],
])('V18: with %j the vendor draws: %s', async (more, draws) => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  await client.chat('Нарисуй кота', more);
  expect(simulator.files).toHaveLength(draws ? 1 : 0);
});

test('reasoning comes in a member of its own, or in tags within the text', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const more = { model: 'GigaChat-3-Ultra', reasoning_effort: 'high' };
  expect((await answerOf(await client.chat('Привет', more))).choices[0].message.reasoning_content).toBe('Подумаю над вопросом.');
  const chunks = await chunksOf(await client.chat('[[say Да]] [[reasoning 2]]', { stream: true }));
  expect(chunks.map(({ choices }) => choices[0].delta.reasoning_content ?? '').join('')).toBe('Мысль 1. Мысль 2. ');
  expect(said(chunks)).toBe('Да');
  expect(said(await chunksOf(await client.chat('[[say <think>Мысль</think> Да]]', { stream: true })))).toBe('<think>Мысль</think> Да');
});

test('V22: embeddings count every item apart', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const body = toRecord(await (await client.post('/embeddings', { model: 'Embeddings', input: ['раз', 'два три'] })).json());
  expect(body).toMatchObject({
    object: 'list',
    model: 'Embeddings',
    data: [
      { object: 'embedding', index: 0, usage: { prompt_tokens: 1 } },
      { object: 'embedding', index: 1, usage: { prompt_tokens: 2 } },
    ],
  });
  expect(body).not.toHaveProperty('usage');
  expect(body).toMatchObject({ data: [{ embedding: { length: 1024 } }, {}] });
  const large = await (await client.post('/embeddings', { model: 'EmbeddingsGigaR', input: 'раз' })).json();
  expect(large).toMatchObject({ data: [{ embedding: { length: 2560 } }] });
  expect((await client.post('/embeddings', { model: 'Embeddings', input: 'раз '.repeat(600) })).status).toBe(413);
});

test('V22: counts of tokens are a bare list', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const counts = await (await client.post('/tokens/count', { model: 'GigaChat-2', input: ['Привет мир'] })).json();
  expect(counts).toEqual([{ object: 'tokens', tokens: 3, characters: 10 }]);
});

test('only companies that pay as they go may ask who wrote a text', async () => {
  await using simulator = await startGigaChatSimulator();
  const body = { model: 'GigaCheckDetection', input: 'слово '.repeat(20).trim() };
  expect((await (await TestClient.open(simulator)).post('/ai/check', body)).status).toBe(403);
  const company = await TestClient.open(simulator, 'id-corp', 'GIGACHAT_API_CORP');
  expect(await (await company.post('/ai/check', body)).json()).toMatchObject({ category: 'human', ai_intervals: [] });
});
