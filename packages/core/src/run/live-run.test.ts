import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toChatId, toMessageId, toRunId, toUserId } from '../shared/ids.ts';
import { readAll, settle } from '../testing/index.ts';
import { LiveRun, type RunWatcher, type WatchBatch } from './live-run.ts';
import type { RunEvent, RunEventBody, RunSnapshot } from './run-event.ts';
import { RunTranscript } from './run-transcript.ts';

const never = new AbortController().signal;

function createLive(): LiveRun {
  const [id, chatId, messageId, ownerId] = [toRunId('run'), toChatId('chat'), toMessageId('message'), toUserId('ann')];
  return new LiveRun({
    id,
    chatId,
    messageId,
    ownerId,
    state: 'queued',
    model: 'a/b',
    settings: {},
    processId: 'p',
    lastSeq: 0,
    createdAt: 0,
  });
}
const say = (live: LiveRun, ...texts: readonly string[]): void => texts.forEach((text) => void live.add({ type: 'text-delta', text }));
const showAll = (live: LiveRun): void => live.show(live.pendingCount);

/** What a client does: a snapshot replaces everything, an event follows the one before. */
class Client {
  transcript = new RunTranscript();
  seq = 0;
  readonly problems: string[] = [];

  take(batch: WatchBatch): void {
    for (const item of batch) this.#takeOne(item);
  }
  #takeOne(item: RunEvent | RunSnapshot): void {
    if (item.type === 'snapshot') {
      if (item.seq < this.seq) this.problems.push(`snapshot ${item.seq} after ${this.seq}`);
      const { text, reasoning } = item;
      this.transcript = Object.assign(new RunTranscript(), { text, reasoning });
    } else {
      if (item.seq !== this.seq + 1) this.problems.push(`${item.seq} after ${this.seq}`);
      this.transcript.apply(item);
    }
    this.seq = item.seq;
  }
}

describe('a watcher', () => {
  test('sees nothing before it is shown, then all that is new in one batch', async () => {
    const live = createLive();
    const watcher = live.watch(0);
    say(live, 'a', 'b', 'c');
    const next = watcher.next(never);
    let isThere = false;
    void next.then(() => {
      isThere = true;
    });
    await settle();
    expect(isThere).toBe(false);
    live.show(2);
    expect(await next).toMatchObject([
      { seq: 1, text: 'a' },
      { seq: 2, text: 'b' },
    ]);
    live.show(1);
    expect(await watcher.next(never)).toMatchObject([{ seq: 3, text: 'c' }]);
  });

  test('that is far behind gets one snapshot, and after the end snapshot and finish', async () => {
    const live = createLive();
    const watcher = live.watch(0);
    for (let index = 0; index < 3_000; index += 1) {
      say(live, 'x');
      live.show(1);
    }
    expect(await watcher.next(never)).toMatchObject([{ type: 'snapshot', seq: 3_000, text: 'x'.repeat(3_000) }]);
    live.add({ type: 'finish', state: 'completed' });
    showAll(live);
    expect(await watcher.next(never)).toMatchObject([{ type: 'finish', seq: 3_001 }]);
    expect(await watcher.next(never)).toBeUndefined();
    expect(await live.watch(5).next(never)).toMatchObject([
      { type: 'snapshot', seq: 3_000 },
      { type: 'finish', seq: 3_001 },
    ]);
  });

  test('leaves when its signal fires, at once or while it waits, and takes nothing with it', async () => {
    const live = createLive();
    const watcher = live.watch(0);
    const leaving = new AbortController();
    const next = watcher.next(leaving.signal);
    leaving.abort();
    expect(await next).toBeUndefined();
    say(live, 'a');
    showAll(live);
    expect(await watcher.next(leaving.signal)).toBeUndefined();
    expect(await watcher.next(never)).toMatchObject([{ seq: 1 }]);
  });

  test('of a run that is given up comes to an end without a finish', async () => {
    const live = createLive();
    say(live, 'a', 'b');
    live.show(1);
    const watcher = live.watch(0);
    expect(await watcher.next(never)).toHaveLength(1);
    const next = watcher.next(never);
    live.abandon();
    expect(await next).toBeUndefined();
    expect(live.pendingCount).toBe(0);
  });

  test.for([-5, Number.NaN, 0])('that names the odd place %d begins at the beginning', async (after) => {
    const live = createLive();
    say(live, 'a');
    showAll(live);
    const client = new Client();
    client.take((await live.watch(after).next(never)) ?? []);
    expect([client.transcript.text, client.seq]).toEqual(['a', 1]);
  });

  test('that names a place the run never reached gets all of it', async () => {
    const live = createLive();
    say(live, 'a', 'b');
    showAll(live);
    expect(await live.watch(99).next(never)).toMatchObject([{ seq: 1 }, { seq: 2 }]);
  });
});

const event: fc.Arbitrary<RunEventBody> = fc.oneof(
  fc.record({ type: fc.constant('text-delta'), text: fc.string({ unit: 'grapheme', maxLength: 5 }) }),
  fc.record({ type: fc.constant('reasoning-delta'), text: fc.string({ maxLength: 5 }) }),
  fc.record({ type: fc.constant('text-replace'), from: fc.nat({ max: 20 }), text: fc.string({ maxLength: 5 }) }),
  fc.record({ type: fc.constant('queued'), position: fc.nat() }),
);

const round = fc.record({
  events: fc.array(event, { maxLength: 400 }),
  shown: fc.double({ min: 0, max: 1, noNaN: true }),
  isCut: fc.boolean(),
  reads: fc.boolean(),
});

/** Whoever finds nothing to read leaves and comes back. */
async function readOnce(watcher: RunWatcher): Promise<WatchBatch> {
  const leaving = new AbortController();
  const next = watcher.next(leaving.signal);
  await settle();
  leaving.abort();
  return (await next) ?? [];
}

test('cut and resumed at random, a client ends with exactly what was said', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { maxLength: 25 }), async (rounds) => {
      const live = createLive();
      const client = new Client();
      let watcher = live.watch(0);
      for (const { events, shown, isCut, reads } of rounds) {
        events.forEach((body) => void live.add(body));
        live.show(Math.floor(live.pendingCount * shown));
        if (isCut) watcher = live.watch(client.seq);
        if (reads) client.take(await readOnce(watcher));
        expect(client.seq).toBeLessThanOrEqual(live.lastSeq - live.pendingCount);
      }
      live.add({ type: 'finish', state: 'completed' });
      showAll(live);
      client.take(await readAll(watcher));
      expect(client.problems).toEqual([]);
      expect(client.transcript.finish?.state).toBe('completed');
      expect([client.transcript.text, client.transcript.reasoning]).toEqual([live.said.text, live.said.reasoning]);
    }),
    { numRuns: 100 },
  );
}, 30_000);

test('much news comes in pieces that a slow socket may hold, and nothing is left out', async () => {
  const live = createLive();
  const texts = Array.from({ length: 50 }, (_, index) => String(index % 10).repeat(10_000));
  say(live, ...texts);
  showAll(live);
  const watcher = live.watch(0);
  let text = '';
  while (text.length < 500_000) {
    const batch = (await watcher.next(never)) ?? [];
    const piece = batch.map((event) => ('text' in event ? event.text : '')).join('');
    expect(piece.length).toBeLessThanOrEqual(64 * 1024);
    text += piece;
  }
  expect(text).toBe(texts.join(''));
});
