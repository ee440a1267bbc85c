import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openTestApplication, type TestApplication } from '../testing/test-application.ts';

const clock = createFakeClock();
let server: TestApplication;
let port: number;

beforeAll(async () => {
  server = await openTestApplication({ clock });
  port = Number(new URL(await server.app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => server[Symbol.asyncDispose]());

/** Sends the head of a request and half of its body; what comes back, once the connection is over. */
function trickle(path: string, body: string) {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  const ended = new Promise<string>((resolve) => {
    socket.on('data', (data) => {
      text += data.toString();
    });
    socket.on('close', () => resolve(text));
  });
  const head = `POST ${path} HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n`;
  socket.write(head + body);
  return { socket, ended, answer: () => text };
}

const requests = (): Promise<number> => new Promise((resolve) => server.app.server.getConnections((_error, count) => resolve(count)));

test('a body that trickles in is cut off with words', async () => {
  const { ended } = trickle('/api/v1/chats', '{"title":');
  await expect.poll(requests).toBe(1);
  // The head has to be read before there is anything to wait for.
  await expect
    .poll(() => {
      clock.advance(30_000);
      return Promise.race([ended, Promise.resolve('')]);
    })
    .toMatch(/^HTTP\/1\.1 408 /);
});

test('an upload has more time', async () => {
  const { socket, ended, answer } = trickle('/api/v1/attachments', '{"half": ');
  await expect.poll(requests).toBe(1);
  clock.advance(60_000);
  socket.write(`"a file"${' '.repeat(82)}}`);
  await expect.poll(answer).toMatch(/^HTTP\/1\.1 201 /);
  socket.end();
  await ended;
});
