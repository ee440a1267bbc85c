import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { serveCommands } from '../process/serve-commands.ts';
import { VendorAnswer } from './vendor-answer.ts';
import type { Pace, VendorCommands } from './vendor-commands.ts';

/** A process that speaks the streaming part of YandexGPT's native protocol as cheaply as node:http allows, and counts. */
let pace: Pace = { firstMs: 10, gapMs: 1 };
const counters = { started: 0, completed: 0, cancelled: 0, bytes: 0, events: 0 };

const models = JSON.stringify({
  object: 'list',
  data: [{ id: 'gpt://b1gaaaaaaaaaaaaaaaaa/yandexgpt/latest', object: 'model', owned_by: 'Yandex', created: 0 }],
});

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readText(request);
  if (request.url?.endsWith('/foundationModels/v1/completion')) complete(response, body);
  else if (request.url?.endsWith('/models')) response.setHeader('content-type', 'application/json').end(models);
  else response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
}

function complete(response: ServerResponse, body: string): void {
  const answer = new VendorAnswer(response, pace);
  if (!body.includes('"stream":true')) {
    answer.writeWhole();
    return;
  }
  counters.started += 1;
  answer.start((end) => {
    counters[end] += 1;
    if (end !== 'completed') return;
    counters.bytes += answer.bytes;
    counters.events += answer.events;
  });
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(request, 'end');
  return Buffer.concat(chunks).toString();
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  respond(request, response).catch(() => response.destroy());
});

serveCommands<VendorCommands>({
  listen: async () => {
    server.listen(0, '127.0.0.1', 4096);
    await once(server, 'listening');
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  },
  pace: (next) => {
    pace = next;
    return undefined;
  },
  counters: () => ({ ...counters, open: counters.started - counters.completed - counters.cancelled }),
});
