import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settle } from '../testing/index.ts';
import { type QueuePriority, RequestQueue } from './request-queue.ts';

const never = new AbortController().signal;

interface Place {
  readonly positions: number[];
  readonly abort: () => void;
  release: (() => void) | undefined;
  error: unknown;
}

/** Asks for a slot and notes what becomes of it. */
function ask(queue: RequestQueue, userId: string, priority: QueuePriority = 'interactive'): Place {
  const stopping = new AbortController();
  const positions: number[] = [];
  const place: Place = { positions, abort: () => stopping.abort(new Error('stopped')), release: undefined, error: undefined };
  const asked = queue.acquire({ userId, priority, signal: stopping.signal, onPosition: (position) => void positions.push(position) });
  asked.then(
    (release) => {
      place.release = release;
    },
    (error: unknown) => {
      place.error = error;
    },
  );
  return place;
}

/** Serves one after the other; answers with the order by name. */
async function serveAll(queue: RequestQueue, places: Readonly<Record<string, Place>>): Promise<readonly string[]> {
  const order: string[] = [];
  const open = new Map(Object.entries(places));
  await settle();
  while (open.size > 0) {
    const served = [...open].find(([, { release }]) => release);
    if (!served) break;
    order.push(served[0]);
    open.delete(served[0]);
    served[1].release?.();
    await settle();
  }
  expect(queue.active).toBe(0);
  return order;
}

describe('slots', () => {
  test('as many at once as the limit says, the rest in order', async () => {
    const queue = new RequestQueue(2);
    const places = [ask(queue, 'a'), ask(queue, 'a'), ask(queue, 'a'), ask(queue, 'a')];
    await settle();
    expect(places.map(({ release }) => release !== undefined)).toEqual([true, true, false, false]);
    expect([queue.active, queue.length]).toEqual([2, 2]);
    expect(places.map(({ positions }) => positions)).toEqual([[], [], [1], [2]]);
    places[1]?.release?.();
    await settle();
    expect(places[2]?.release).toBeDefined();
    expect(places[3]?.positions).toEqual([2, 1]);
  });

  test('giving a slot back twice gives back one', async () => {
    const queue = new RequestQueue(1);
    const release = await queue.acquire({ userId: 'a', priority: 'interactive', signal: never });
    const [second, third] = [ask(queue, 'a'), ask(queue, 'a')];
    release();
    release();
    await settle();
    expect([second.release !== undefined, third.release !== undefined]).toEqual([true, false]);
    expect(queue.active).toBe(1);
  });

  test('without a limit nobody waits; a limit below one is one', async () => {
    const free = new RequestQueue(Number.POSITIVE_INFINITY);
    const places = Array.from({ length: 50 }, () => ask(free, 'a', 'background'));
    const narrow = new RequestQueue(0);
    const [first, second] = [ask(narrow, 'a'), ask(narrow, 'a')];
    await settle();
    expect(places.every(({ release }) => release)).toBe(true);
    expect([first.release !== undefined, second.release !== undefined]).toEqual([true, false]);
  });

  test('a full queue says so', async () => {
    const queue = new RequestQueue(1);
    for (let index = 0; index < 1_001; index += 1) ask(queue, 'a');
    await expect(queue.acquire({ userId: 'b', priority: 'interactive', signal: never })).rejects.toMatchObject({ code: 'queue_full' });
    expect(queue.length).toBe(1_000);
  });

  test('background work that waits does not keep people out', async () => {
    const queue = new RequestQueue(2);
    const busy = [ask(queue, 'a'), ask(queue, 'a')];
    for (let index = 0; index < 1_001; index += 1) ask(queue, 'a', 'background');
    const person = ask(queue, 'b');
    await settle();
    expect(busy.every(({ release }) => release)).toBe(true);
    expect(person.error).toBeUndefined();
    expect(person.positions).toEqual([1]);
  });
});

describe('leaving', () => {
  test('whoever stops waiting leaves, the others move up', async () => {
    const queue = new RequestQueue(1);
    const [first, second, third] = [ask(queue, 'a'), ask(queue, 'a'), ask(queue, 'a')];
    second.abort();
    await settle();
    expect(second.error).toMatchObject({ message: 'stopped' });
    expect(third.positions).toEqual([2, 1]);
    first.release?.();
    await settle();
    expect(third.release).toBeDefined();
    second.abort();
    third.release?.();
    expect([queue.active, queue.length]).toEqual([0, 0]);
  });

  test('an aborted one does not even enter', async () => {
    const queue = new RequestQueue(1);
    await expect(queue.acquire({ userId: 'a', priority: 'interactive', signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow(
      'stopped',
    );
    expect(queue.active).toBe(0);
  });

  test('a stop in the very moment of the grant leaks no slot', async () => {
    const queue = new RequestQueue(1);
    const [first, second, third] = [ask(queue, 'a'), ask(queue, 'a'), ask(queue, 'a')];
    await settle();
    first.release?.();
    second.abort();
    await settle();
    second.release?.();
    await settle();
    expect(third.release).toBeDefined();
    third.release?.();
    expect([queue.active, queue.length]).toEqual([0, 0]);
  });

  test('a listener that throws or leaves while it is told its place harms nobody', async () => {
    const queue = new RequestQueue(1);
    const first = ask(queue, 'a');
    const stopping = new AbortController();
    const leaver = queue.acquire({
      userId: 'b',
      priority: 'interactive',
      signal: stopping.signal,
      onPosition: () => stopping.abort(new Error('left')),
    });
    await expect(leaver).rejects.toThrow('left');
    const thrower = queue.acquire({
      userId: 'd',
      priority: 'interactive',
      signal: never,
      onPosition: () => {
        throw new Error('no listener');
      },
    });
    await expect(thrower).rejects.toThrow('no listener');
    const second = ask(queue, 'c');
    expect(second.positions).toEqual([1]);
    await settle();
    first.release?.();
    await settle();
    second.release?.();
    expect([queue.active, queue.length]).toEqual([0, 0]);
  });
});

describe('fairness', () => {
  test('one with many requests does not push back one with one', async () => {
    const queue = new RequestQueue(1);
    const places = {
      a1: ask(queue, 'a'),
      a2: ask(queue, 'a'),
      a3: ask(queue, 'a'),
      a4: ask(queue, 'a'),
      b1: ask(queue, 'b'),
      c1: ask(queue, 'c'),
      b2: ask(queue, 'b'),
    };
    expect(places.b1.positions).toEqual([2]);
    expect(await serveAll(queue, places)).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
  });

  test('newcomers do not keep one with two requests waiting for ever', async () => {
    const queue = new RequestQueue(1);
    const [running, mine, second] = [ask(queue, 'x'), ask(queue, 'me'), ask(queue, 'me')];
    const others = [running, mine];
    for (let index = 0; index < 4; index += 1) {
      others.push(ask(queue, `new-${index}`));
      await settle();
      others.find(({ release }) => release)?.release?.();
      others.splice(0, 1);
    }
    await settle();
    expect(second.release).toBeDefined();
  });

  test('people come before background work', async () => {
    const queue = new RequestQueue(2);
    const places = {
      a1: ask(queue, 'a'),
      b1: ask(queue, 'b'),
      title: ask(queue, 'a', 'background'),
      b2: ask(queue, 'b'),
      a2: ask(queue, 'a'),
    };
    expect(places.title.positions).toEqual([1, 2, 3]);
    const isServed = () => [places.b2, places.a2, places.title].map(({ release }) => release !== undefined);
    await settle();
    places.a1.release?.();
    await settle();
    expect(isServed()).toEqual([true, false, false]);
    places.b1.release?.();
    await settle();
    expect(isServed()).toEqual([true, true, false]);
    places.a2.release?.();
    await settle();
    expect(isServed()).toEqual([true, true, true]);
  });

  test('background work never takes the only slot, not even a free one', async () => {
    const queue = new RequestQueue(1);
    const title = ask(queue, 'a', 'background');
    await settle();
    expect(title.error).toMatchObject({ code: 'queue_full' });
    const person = ask(queue, 'a');
    await settle();
    expect(person.release).toBeDefined();
  });

  test('background work that waits is told when only one slot is left', async () => {
    const queue = new RequestQueue(2);
    const places = [ask(queue, 'a'), ask(queue, 'a'), ask(queue, 'a', 'background')];
    queue.resize(1);
    await settle();
    expect(places[2]?.error).toMatchObject({ code: 'queue_full' });
  });

  test('background work leaves one slot of several to people', async () => {
    const queue = new RequestQueue(3);
    const titles = [ask(queue, 'a', 'background'), ask(queue, 'a', 'background'), ask(queue, 'a', 'background')];
    await settle();
    expect(titles.map(({ release }) => release !== undefined)).toEqual([true, true, false]);
    const person = ask(queue, 'b');
    await settle();
    expect(person.release).toBeDefined();
    person.release?.();
    await settle();
    expect(titles[2]?.release).toBeUndefined();
    titles[0]?.release?.();
    await settle();
    expect(titles[2]?.release).toBeDefined();
  });
});

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
const step = fc.record({
  act: fc.constantFrom('ask', 'ask', 'abort', 'release'),
  user: fc.constantFrom('a', 'b', 'c'),
  priority: fc.constantFrom<QueuePriority>('interactive', 'background'),
  which: fc.nat({ max: 30 }),
  isQuiet: fc.boolean(),
});

function take(queue: RequestQueue, places: Place[], { act, user, priority, which }: Step): void {
  const place = places[which];
  if (act === 'ask') places.push(ask(queue, user, priority));
  else if (act === 'abort') place?.abort();
  else place?.release?.();
}

test('whatever happens, the limit holds and no slot is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 60 }), async (limit, steps) => {
      const queue = new RequestQueue(limit);
      const places: Place[] = [];
      for (const next of steps) {
        take(queue, places, next);
        if (next.isQuiet) await settle();
        expect(queue.active).toBeLessThanOrEqual(limit);
      }
      for (let index = 0; index <= places.length; index += 1) {
        await settle();
        for (const { release } of places) release?.();
      }
      expect([queue.active, queue.length]).toEqual([0, 0]);
      expect(places.every(({ release, error }) => (release === undefined) !== (error === undefined))).toBe(true);
    }),
    { numRuns: 100 },
  );
}, 30_000);

test('a larger limit lets in at once those who wait; a smaller one nobody until there is room', async () => {
  const queue = new RequestQueue(1);
  const places = [ask(queue, 'ann'), ask(queue, 'ann'), ask(queue, 'ann')];
  queue.resize(2);
  await settle();
  expect(places.map(({ release }) => release !== undefined)).toEqual([true, true, false]);
  queue.resize(1);
  places[0]?.release?.();
  await settle();
  expect(places[2]?.release).toBeUndefined();
  places[1]?.release?.();
  await settle();
  expect(places[2]?.release).toBeDefined();
});
