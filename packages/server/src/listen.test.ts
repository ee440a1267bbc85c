import { expect, test } from 'vitest';
import { listenOnFreePort } from './listen.ts';

/** Takes every port but those that are taken. */
function fakeServer(isTaken: (port: number) => boolean) {
  let used = 0;
  return {
    addresses: () => [{ address: '127.0.0.1', family: 'IPv4', port: used }],
    async listen({ port }: { port?: number }) {
      if (isTaken(port ?? 0)) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
      used = port ?? 0;
      return '';
    },
  } as unknown as Parameters<typeof listenOnFreePort>[0];
}

const options = { host: '127.0.0.1', port: 3000, noFreePort: (from: number, to: number) => `${from}-${to}` };

test('takes the port it is given, or the next free one', async () => {
  expect(
    await listenOnFreePort(
      fakeServer(() => false),
      options,
    ),
  ).toBe(3000);
  expect(
    await listenOnFreePort(
      fakeServer((port) => port < 3003),
      options,
    ),
  ).toBe(3003);
});

test('gives up after twenty, and at the last port there is', async () => {
  await expect(
    listenOnFreePort(
      fakeServer(() => true),
      options,
    ),
  ).rejects.toThrow('3000-3019');
  await expect(
    listenOnFreePort(
      fakeServer(() => true),
      { ...options, port: 65_530 },
    ),
  ).rejects.toThrow('65530-65535');
});

test('another fault is not a taken port', async () => {
  const broken = { addresses: () => [], listen: () => Promise.reject(new Error('EACCES')) } as unknown as Parameters<
    typeof listenOnFreePort
  >[0];
  await expect(listenOnFreePort(broken, options)).rejects.toThrow('EACCES');
});
