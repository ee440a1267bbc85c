import type { FilePart } from '@multimodel/core';
import { createHttp1Transport, staticAuth } from '@multimodel/provider-sdk';
import { createMemoryLogger } from '@multimodel/provider-sdk/testing';
import { expect, test } from 'vitest';
import { newSignal, openTestAccount } from './test-account.ts';
import { toGigaChatError } from './to-gigachat-error.ts';
import { Uploads } from './uploads.ts';

const image = (text: string): FilePart => ({ type: 'file', mediaType: 'image/png', name: `${text}.png`, data: Buffer.from(text) });

test('the memory is bounded: the file that was longest not asked for is deleted at the vendor', async () => {
  await using account = await openTestAccount();
  await account.ask('1');
  const { authorization = '' } = account.simulator.requests.at(-1)?.headers ?? {};
  await using transport = createHttp1Transport({ providerId: 'giga', baseUrl: account.simulator.url, connectTimeoutMs: 1000 });
  const auth = staticAuth({ authorization, 'user-agent': 'test' });
  const api = { providerId: 'giga', transport, auth, secrets: [], toError: toGigaChatError };
  const uploads = new Uploads({ api, v1: '/v1', logger: createMemoryLogger(), most: 2 });
  const names = () => account.simulator.files.map(({ name }) => name);
  await uploads.idOf(image('a'), newSignal());
  await uploads.idOf(image('b'), newSignal());
  await uploads.idOf(image('a'), newSignal());
  await uploads.idOf(image('c'), newSignal());
  await expect.poll(names).toEqual(['a.png', 'c.png']);
});

test('a deletion that fails is logged, and disturbs nobody', async () => {
  await using account = await openTestAccount();
  await account.ask('1');
  const { authorization = '' } = account.simulator.requests.at(-1)?.headers ?? {};
  await using transport = createHttp1Transport({ providerId: 'giga', baseUrl: account.simulator.url, connectTimeoutMs: 1000 });
  const auth = staticAuth({ authorization, 'user-agent': 'test' });
  const logger = createMemoryLogger();
  const api = { providerId: 'giga', transport, auth, secrets: [], toError: toGigaChatError };
  const uploads = new Uploads({ api, v1: '/v1', logger, most: 1 });
  const first = await uploads.idOf(image('a'), newSignal());
  const gone = await transport.request({
    method: 'POST',
    path: `/v1/files/${first}/delete`,
    headers: { authorization, 'user-agent': 'test' },
    signal: newSignal(),
  });
  gone.body.drain();
  expect(await uploads.idOf(image('b'), newSignal())).not.toBe(first);
  await expect.poll(() => logger.entries.map(({ level }) => level)).toEqual(['warn']);
});
