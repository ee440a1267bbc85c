import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { mmc, startServer } from '../testing/test-server.ts';

const timeout = 60_000;
const root = { fingerprint: 'D2:6D:2D', subject: 'Russian Trusted Root CA', validTo: Date.UTC(2032, 1, 27) };

/** Stands for our server: the true one would go to the internet. */
async function serve(): Promise<AsyncDisposable & { readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(root));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${String(port)}`, asked, [Symbol.asyncDispose]: async () => void server.close() };
}

test('the server is asked for the root of the plugin, and what it trusts now is told', { timeout }, async () => {
  await using server = await serve();
  const said = await mmc(['trust', 'gigachat', '--server', server.url]);
  expect(said).toEqual({
    code: 0,
    stdout: expect.stringMatching(/Russian Trusted Root CA.*D2:6D:2D.*February 27, 2032.*gigachat/su),
    stderr: '',
  });
  const russian = await mmc(['trust', 'gigachat', '--server', server.url], { env: { LANG: 'ru_RU.UTF-8' } });
  expect(russian.stdout).toMatch(/27 февраля 2032/u);
  const { stdout } = await mmc(['trust', 'gigachat', '--json'], { env: { MMC_SERVER: server.url } });
  expect(JSON.parse(stdout)).toEqual(root);
  expect(server.asked).toEqual(Array.from({ length: 3 }, () => 'POST /api/v1/plugins/gigachat/trust'));
});

test('a plugin without a root is bad input, none at all is wrong usage', { timeout }, async () => {
  await using server = await startServer();
  expect(await mmc(['trust', 'demo', '--server', server.url])).toEqual({
    code: 65,
    stdout: '',
    stderr: expect.stringContaining('"demo" needs no root certificate'),
  });
  expect(await mmc(['trust'])).toMatchObject({ code: 2, stderr: expect.stringContaining('plugin') });
});
