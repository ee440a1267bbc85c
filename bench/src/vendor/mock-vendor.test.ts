import { exampleApiKey, exampleFolderId, startYandexGptSimulator } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { startWorker } from '../process/worker-process.ts';
import { eventsPerAnswer, isSealed } from './answer-text.ts';
import type { VendorCommands } from './vendor-commands.ts';

const body = JSON.stringify({
  modelUri: `gpt://${exampleFolderId}/yandexgpt/latest`,
  completionOptions: { stream: true, temperature: 0.3, maxTokens: '2000' },
  messages: [{ role: 'user', text: 'Привет' }],
});

async function linesFrom(url: string): Promise<{ readonly contentType: string | null; readonly lines: readonly unknown[] }> {
  const headers = { 'content-type': 'application/json', authorization: `Api-Key ${exampleApiKey}` };
  const response = await fetch(`${url}/foundationModels/v1/completion`, { method: 'POST', headers, body });
  const text = await response.text();
  expect(text.endsWith('\n')).toBe(true);
  const lines = text.trimEnd().split('\n');
  return { contentType: response.headers.get('content-type'), lines: lines.map((line): unknown => JSON.parse(line)) };
}

/** Names and kinds of everything, values left out. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}

test('the mock speaks as the simulator of YandexGPT does', async () => {
  await using worker = await startWorker<VendorCommands>(new URL('./mock-vendor.ts', import.meta.url));
  await using simulator = await startYandexGptSimulator();
  const url = await worker.call('listen', undefined);
  await worker.call('pace', { firstMs: 0, gapMs: 0 });
  const [mocked, simulated] = [await linesFrom(url), await linesFrom(simulator.url)];
  expect(mocked.contentType).toBe(simulated.contentType);
  expect(shapeOf(mocked.lines[0])).toEqual(shapeOf(simulated.lines[0]));
  expect(shapeOf(mocked.lines.at(-1))).toEqual(shapeOf(simulated.lines.at(-1)));
  expect(mocked.lines).toHaveLength(eventsPerAnswer);
  expect(mocked.lines.at(-1)).toMatchObject({ result: { alternatives: [{ status: 'ALTERNATIVE_STATUS_FINAL' }] } });
});

test('every answer is counted: begun, completed or cancelled, and sealed', async () => {
  await using worker = await startWorker<VendorCommands>(new URL('./mock-vendor.ts', import.meta.url));
  const url = await worker.call('listen', undefined);
  await worker.call('pace', { firstMs: 0, gapMs: 0 });
  const { lines } = await linesFrom(url);
  const last = JSON.stringify(lines.at(-1));
  expect(isSealed(last.match(/"text":"([^"]*)"/)?.[1] ?? '')).toBe(true);
  await worker.call('pace', { firstMs: 0, gapMs: 0, holdAfter: 1 });
  const hangUp = new AbortController();
  await fetch(`${url}/foundationModels/v1/completion`, { method: 'POST', body, signal: hangUp.signal });
  expect(await worker.call('counters', undefined)).toMatchObject({ started: 2, completed: 1, cancelled: 0, open: 1 });
  hangUp.abort();
  await expect
    .poll(() => worker.call('counters', undefined))
    .toMatchObject({ started: 2, completed: 1, cancelled: 1, open: 0, events: eventsPerAnswer });
});
