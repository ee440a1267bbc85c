import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';

const url = process.env['MMC_TEST_REDIS_URL'];

test.skipIf(url === undefined)('the prepared Redis answers, with nothing in it', async () => {
  const { hostname, port } = new URL(url ?? '');
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString();
  });
  socket.write('PING\r\nDBSIZE\r\nCONFIG GET appendonly\r\nQUIT\r\n');
  await once(socket, 'end');
  expect(answer).toBe('+PONG\r\n:0\r\n*2\r\n$10\r\nappendonly\r\n$2\r\nno\r\n+OK\r\n');
});
