import { EventEmitter } from 'node:events';
import { type RunEvent, type RunSnapshot, type RunWatcher, toChatId, toMessageId, toRunId, type WatchBatch } from '@multimodel/core';
import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { EventStream, keepAliveMs, openMs, stalledMs } from './event-stream.ts';

const delta = (seq: number, text = 'x'): RunEvent => ({ type: 'text-delta', seq, text });
const finish = (seq: number): RunEvent => ({ type: 'finish', seq, state: 'completed' });
const snapshot = (seq: number, text: string): RunSnapshot => ({
  type: 'snapshot',
  seq,
  runId: toRunId('r'),
  chatId: toChatId('c'),
  messageId: toMessageId('m'),
  state: 'running',
  text,
  reasoning: '',
  toolCalls: [],
  attachments: [],
  warnings: [],
});

/** Gives batches when a test says so, and counts how often it is asked. */
class ScriptedWatcher implements RunWatcher {
  calls = 0;
  readonly #batches: (WatchBatch | undefined)[] = [];
  #wake: PromiseWithResolvers<void> = Promise.withResolvers();

  give(...batches: (WatchBatch | undefined)[]): void {
    this.#batches.push(...batches);
    this.#wake.resolve();
  }

  async next(signal: AbortSignal): Promise<WatchBatch | undefined> {
    this.calls += 1;
    while (this.#batches.length === 0 && !signal.aborted) {
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => aborted.resolve(), { once: true });
      await Promise.race([this.#wake.promise, aborted.promise]);
      this.#wake = Promise.withResolvers();
    }
    return signal.aborted ? undefined : this.#batches.shift();
  }
}

/** A socket whose reader takes nothing until told to. */
class FakeSocket extends EventEmitter {
  readonly written: string[] = [];
  isSlow = false;
  isEnded = false;
  destroyed = false;
  writableNeedDrain = false;

  write(chunk: string): boolean {
    this.written.push(chunk);
    this.writableNeedDrain = this.isSlow;
    return !this.isSlow;
  }
  drain(): void {
    this.writableNeedDrain = false;
    this.emit('drain');
  }
  end(): void {
    this.isEnded = true;
  }
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('close');
  }
}

function setUp() {
  const watcher = new ScriptedWatcher();
  const clock = createFakeClock();
  const stream = new EventStream(watcher, clock);
  return { watcher, clock, socket: new FakeSocket(), stream };
}

/** Lets everything run that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('peek', () => {
  test('knows a run that has nothing more to tell', async () => {
    const { watcher, stream } = setUp();
    watcher.give(undefined);
    expect(await stream.peek()).toBeUndefined();
  });

  test('gives the first news without losing them', async () => {
    const { watcher, stream, socket } = setUp();
    watcher.give([delta(1)], undefined);
    expect(await stream.peek()).toEqual([delta(1)]);
    await stream.pipe(socket);
    expect(socket.written).toEqual(['id: 1\ndata: {"type":"text-delta","seq":1,"text":"x"}\n\n']);
  });

  test('does not hold the headers back for a silent run', async () => {
    const { clock, stream } = setUp();
    const peeked = stream.peek();
    clock.advance(openMs);
    expect(await peeked).toBe('waiting');
  });
});

describe('pipe', () => {
  test('writes a batch in one piece, and ends after the last one', async () => {
    const { watcher, stream, socket } = setUp();
    watcher.give([delta(1, 'a\nb'), delta(2)], [finish(3)], undefined);
    await stream.pipe(socket);
    expect(socket.written).toHaveLength(2);
    expect(socket.written[0]).toBe(
      'id: 1\ndata: {"type":"text-delta","seq":1,"text":"a\\nb"}\n\nid: 2\ndata: {"type":"text-delta","seq":2,"text":"x"}\n\n',
    );
    expect(socket.isEnded).toBe(true);
  });

  test('several watchers get the same bytes', async () => {
    const events = [delta(1), finish(2)];
    const written = await Promise.all(
      [1, 2, 3].map(async () => {
        const { watcher, stream, socket } = setUp();
        watcher.give(events, undefined);
        await stream.pipe(socket);
        return socket.written.join('');
      }),
    );
    expect(new Set(written).size).toBe(1);
  });

  test('a reader that does not read is asked for nothing more, and caught up by a snapshot', async () => {
    const { watcher, stream, socket } = setUp();
    socket.isSlow = true;
    const piped = stream.pipe(socket);
    watcher.give([delta(1)]);
    await settle();
    const calls = watcher.calls;
    for (let seq = 2; seq < 1_000; seq += 1) await Promise.resolve();
    expect(watcher.calls).toBe(calls);
    expect(socket.written).toHaveLength(1);
    socket.isSlow = false;
    watcher.give([snapshot(999, 'all of it')], [finish(1_000)], undefined);
    socket.drain();
    await piped;
    expect(socket.written).toHaveLength(3);
    expect(socket.written[1]).toContain('"type":"snapshot"');
  });

  test('a comment keeps a silent connection open, but is not heaped on a full one', async () => {
    const { watcher, clock, stream, socket } = setUp();
    const piped = stream.pipe(socket);
    clock.advance(keepAliveMs);
    clock.advance(keepAliveMs);
    expect(socket.written).toEqual([': keep-alive\n\n', ': keep-alive\n\n']);
    socket.isSlow = true;
    watcher.give([delta(1)]);
    await settle();
    clock.advance(keepAliveMs);
    expect(socket.written).toHaveLength(3);
    socket.destroy();
    await piped;
    clock.advance(keepAliveMs);
    expect(socket.written).toHaveLength(3);
  });

  test('a reader that takes nothing for a minute is cut off', async () => {
    const { watcher, clock, stream, socket } = setUp();
    socket.isSlow = true;
    const piped = stream.pipe(socket);
    watcher.give([delta(1)]);
    await settle();
    clock.advance(stalledMs);
    await piped;
    expect(socket.destroyed).toBe(true);
    expect(socket.listenerCount('drain') + socket.listenerCount('close')).toBe(0);
  });

  test('a reader that goes away ends the watch', async () => {
    const { watcher, stream, socket } = setUp();
    const piped = stream.pipe(socket);
    watcher.give([delta(1)]);
    await settle();
    socket.destroy();
    await piped;
    expect(socket.listenerCount('close')).toBe(0);
    expect(watcher.calls).toBe(2);
  });

  test('a fault of the watcher is the fault of the stream', async () => {
    const clock = createFakeClock();
    const broken = new EventStream({ next: () => Promise.reject(new Error('storage')) }, clock);
    await expect(broken.pipe(new FakeSocket())).rejects.toThrow('storage');
  });
});
