import type { ServerResponse } from 'node:http';
import type { RunEventDto } from '@multimodel/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Schedule } from './back-off.ts';
import { createClient } from './client.ts';
import { ApiError } from './errors.ts';
import { emptyRunView, reduceRunView } from './run-view.ts';
import { openEventStream, sendJson, startTestServer } from './test-server.ts';
import { silenceMs, type WatchConnection, type WatchOptions } from './watch-run.ts';

const log: readonly RunEventDto[] = [
  { seq: 1, type: 'start', runId: 'r', chatId: 'c', messageId: 'm' },
  { seq: 2, type: 'attempt', number: 1, provider: 'demo', model: 'demo/basic', reason: 'requested' },
  ...Array.from({ length: 20 }, (_, index): RunEventDto => ({ seq: index + 3, type: 'text-delta', text: `слово ${index} ` })),
  { seq: 23, type: 'finish', state: 'completed', reason: 'stop' },
];

const frame = (event: RunEventDto) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;

/** Pauses end at once; the silence alarm never rings by itself. */
const noWaiting: Schedule = (callback, delayMs) => {
  if (delayMs < silenceMs) setImmediate(callback);
  return () => undefined;
};

async function collect(url: string, options: WatchOptions = {}, schedule: Schedule = noWaiting) {
  const client = createClient({ baseUrl: url, schedule, random: () => 1 });
  const events: RunEventDto[] = [];
  for await (const event of client.runs.watch('r', options)) events.push(event);
  return events;
}

/** A server that answers the n-th connection with the n-th script, the last one again and again. */
function scripted(scripts: readonly ((response: ServerResponse, after: number) => void)[]) {
  const marks: number[] = [];
  const server = startTestServer((request, response) => {
    const after = Number(request.headers['last-event-id'] ?? 0);
    scripts[Math.min(marks.length, scripts.length - 1)]?.(response, after);
    marks.push(after);
  });
  return { server, marks };
}

/** Answers with these frames and ends. */
const answer = (text: string) => (response: ServerResponse) => {
  openEventStream(response);
  response.end(text);
};

const tail = (response: ServerResponse, after: number) => {
  openEventStream(response);
  response.end(
    log
      .filter((event) => event.seq > after)
      .map(frame)
      .join(''),
  );
};

test('gives every event once and ends after finish', async () => {
  const { server, marks } = scripted([tail]);
  await using running = await server;
  expect(await collect(running.url)).toEqual(log);
  expect(marks).toEqual([0]);
});

test('resumes where it was cut, any number of times, at any byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(700), fc.nat(3)), { maxLength: 8 }), async (cuts) => {
      const cutScripts = cuts.map(([bytes, overlap]) => (response: ServerResponse, after: number) => {
        openEventStream(response);
        const text = log
          .filter((event) => event.seq > after - overlap)
          .map(frame)
          .join('');
        response.write(Buffer.from(text).subarray(0, bytes), () => response.destroy());
      });
      const { server } = scripted([...cutScripts, tail]);
      await using running = await server;
      expect(await collect(running.url)).toEqual(log);
    }),
    { numRuns: 30 },
  );
});

test('sends the last seen sequence, starting from `after`', async () => {
  const { server, marks } = scripted([answer(frame({ seq: 6, type: 'text-delta', text: 'x' })), tail]);
  await using running = await server;
  const events = await collect(running.url, { after: 5 });
  expect(marks).toEqual([5, 6]);
  expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 18 }, (_, index) => index + 6));
});

test('a snapshot jumps ahead, a gap does not', async () => {
  const snapshot: RunEventDto = {
    seq: 9,
    type: 'snapshot',
    runId: 'r',
    chatId: 'c',
    messageId: 'm',
    state: 'running',
    text: 'all before',
    reasoning: '',
    toolCalls: [],
    warnings: [],
  };
  const { server, marks } = scripted([
    answer(frame({ seq: 4, type: 'text-delta', text: 'lost before' })),
    (response, after) => {
      openEventStream(response);
      response.end(
        frame(snapshot) +
          log
            .filter((event) => event.seq > Math.max(after, 9))
            .map(frame)
            .join(''),
      );
    },
  ]);
  await using running = await server;
  const events = await collect(running.url);
  expect(marks).toEqual([0, 0]);
  expect(events[0]).toEqual(snapshot);
  expect(events.reduce(reduceRunView, emptyRunView)).toMatchObject({ state: 'completed', lastSeq: 23 });
});

test('204 ends the iteration; a lone finish of a folded run is accepted', async () => {
  await using nothing = await startTestServer((_request, response) => response.writeHead(204).end());
  expect(await collect(nothing.url)).toEqual([]);
  const { server } = scripted([answer(frame({ seq: 99, type: 'finish', state: 'completed' }))]);
  await using folded = await server;
  expect(await collect(folded.url)).toHaveLength(1);
});

test('an unknown run throws at once, a server error is tried again', async () => {
  await using missing = await startTestServer((_request, response) =>
    sendJson(response, 404, { code: 'not_found', detail: 'No such run', status: 404, retryable: false }),
  );
  await expect(collect(missing.url)).rejects.toThrow(ApiError);
  const { server, marks } = scripted([
    (response) => sendJson(response, 503, { code: 'shutting_down', detail: '', retryable: true, retryAfterMs: 2_000 }),
    tail,
  ]);
  await using restarted = await server;
  const connections: WatchConnection[] = [];
  expect(await collect(restarted.url, { onConnection: (connection) => connections.push(connection) })).toEqual(log);
  expect(marks).toHaveLength(2);
  expect(connections.map((connection) => connection.state)).toEqual(['connecting', 'waiting', 'connecting', 'open']);
  expect(connections[1]).toMatchObject({ failures: 1, retryInMs: 2_000 });
});

test('a page from a proxy is no event stream', async () => {
  const { server } = scripted([(response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in</h1>'), tail]);
  await using running = await server;
  expect(await collect(running.url)).toEqual(log);
});

test('unknown event types from a newer server count and are skipped', async () => {
  const { server } = scripted([answer(`data: {"seq":1,"type":"hologram"}\n\n${frame({ seq: 2, type: 'finish', state: 'completed' })}`)]);
  await using running = await server;
  expect((await collect(running.url)).map((event) => event.seq)).toEqual([2]);
});

test('a silent connection is given up, a comment keeps it alive', async () => {
  const alarms: (() => void)[] = [];
  const schedule: Schedule = (callback, delayMs) => {
    if (delayMs === silenceMs) alarms.push(callback);
    else setImmediate(callback);
    return () => undefined;
  };
  const keepAlive = (response: ServerResponse) => {
    openEventStream(response);
    response.write(': keep-alive\n\n');
  };
  const { server, marks } = scripted([keepAlive, tail]);
  await using running = await server;
  const events = collect(running.url, { onConnection: ({ state }) => state === 'open' && setImmediate(() => alarms.at(-1)?.()) }, schedule);
  expect(await events).toEqual(log);
  expect(marks).toHaveLength(2);
  expect(alarms.length).toBeGreaterThan(2);
});

test('waking up retries at once, aborting ends with the reason', async () => {
  const never: Schedule = () => () => undefined;
  const onWake = (retryNow: () => void) => {
    setImmediate(retryNow);
    return () => undefined;
  };
  const { server } = scripted([(response) => response.destroy(), tail]);
  await using running = await server;
  expect(await collect(running.url, { onWake }, never)).toEqual(log);

  const controller = new AbortController();
  await using stuck = await startTestServer((_request, response) => openEventStream(response));
  const watching = collect(stuck.url, {
    signal: controller.signal,
    onConnection: ({ state }) => state === 'open' && controller.abort(new Error('left')),
  });
  await expect(watching).rejects.toThrow('left');
});

test('leaving the loop closes the connection', async () => {
  const closed = Promise.withResolvers<void>();
  const { server } = scripted([
    (response) => {
      openEventStream(response);
      response.on('close', () => closed.resolve());
      response.write(frame(log[0] ?? { seq: 1, type: 'queued', position: 1 }));
    },
  ]);
  await using running = await server;
  for await (const _event of createClient({ baseUrl: running.url }).runs.watch('r')) break;
  await closed.promise;
});
