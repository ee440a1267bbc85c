import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import { serveCommands } from '../process/serve-commands.ts';
import type { ProxyCommands } from './proxy-commands.ts';

/** The floor: node:http in front, undici's dispatch behind, bytes passed on as they come, and nothing else. */
function relay(response: ServerResponse): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller) {
      response.once('close', () => {
        if (!response.writableFinished) controller.abort(new Error('The client went away'));
      });
      response.on('drain', () => controller.resume());
    },
    onResponseStart(_controller, status, headers) {
      response.writeHead(status, { 'content-type': String(headers['content-type']) });
    },
    onResponseData(controller, chunk) {
      if (!response.write(chunk)) controller.pause();
    },
    onResponseEnd() {
      response.end();
    },
    onResponseError() {
      response.destroy();
    },
  };
}

async function pass(pool: Pool, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(request, 'end');
  const headers = { 'content-type': 'application/json', authorization: request.headers.authorization ?? '' };
  pool.dispatch(
    { path: request.url ?? '/', method: request.method ?? 'GET', headers, body: chunks.length === 0 ? null : Buffer.concat(chunks) },
    relay(response),
  );
}

serveCommands<ProxyCommands>({
  listen: async (upstream) => {
    const pool = new Pool(upstream, { connections: null, bodyTimeout: 0 });
    const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      pass(pool, request, response).catch(() => response.destroy());
    });
    server.listen(0, '127.0.0.1', 4096);
    await once(server, 'listening');
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  },
});
