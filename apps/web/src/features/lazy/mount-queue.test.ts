import { expect, test } from 'vitest';
import { type Mountable, MountQueue, maxMounted } from './mount-queue.ts';

/** Frames and idle time that pass when the test says so; each drawing costs `costMs`. */
class FakePage {
  nowMs = 0;
  costMs = 5;
  readonly drawn: string[] = [];
  #frame: (() => void) | undefined;
  #idle: ((timeLeft: () => number) => void) | undefined;
  readonly queue = new MountQueue({
    now: () => this.nowMs,
    requestFrame: (callback) => {
      this.#frame = callback;
      return () => (this.#frame = undefined);
    },
    requestIdle: (callback) => {
      this.#idle = callback;
      return () => (this.#idle = undefined);
    },
    commit: (change) => {
      change();
      this.nowMs += this.costMs;
    },
  });

  part(name: string, canLeave = false, isInUse = () => false): Mountable {
    const unmount = () => {
      if (isInUse()) return false;
      this.drawn.splice(this.drawn.indexOf(name), 1);
      return true;
    };
    return { mount: () => void this.drawn.push(name), unmount: canLeave ? unmount : undefined };
  }

  frame(): void {
    const frame = this.#frame;
    this.#frame = undefined;
    frame?.();
  }

  idle(forMs = 20): void {
    const idle = this.#idle;
    this.#idle = undefined;
    const end = this.nowMs + forMs;
    idle?.(() => end - this.nowMs);
  }
}

test('what is in view comes first, then what is near, and the rest in idle time, newest first', () => {
  const page = new FakePage();
  const parts = ['a', 'b', 'c', 'd', 'e'].map((name) => page.part(name));
  for (const part of parts) page.queue.add(part);
  if (parts[1]) page.queue.moved(parts[1], 'near');
  if (parts[0]) page.queue.moved(parts[0], 'visible');
  page.frame();
  expect(page.drawn).toEqual(['a', 'b']);
  page.idle(20);
  expect(page.drawn).toEqual(['a', 'b', 'e', 'd', 'c']);
});

test('a frame draws no more than it can bear, and always something', () => {
  const page = new FakePage();
  page.costMs = 40;
  for (const name of ['a', 'b', 'c']) {
    const part = page.part(name);
    page.queue.add(part);
    page.queue.moved(part, 'visible');
  }
  page.frame();
  expect(page.drawn).toEqual(['c']);
  page.frame();
  expect(page.drawn).toEqual(['c', 'b']);
});

test('idle time that is nearly over is left alone', () => {
  const page = new FakePage();
  page.queue.add(page.part('a'));
  page.idle(3);
  expect(page.drawn).toEqual([]);
  page.idle(10);
  expect(page.drawn).toEqual(['a']);
});

test('above the limit the parts that went out of sight first leave, except those in use', () => {
  const page = new FakePage();
  page.costMs = 0;
  const count = maxMounted + 3;
  const parts = Array.from({ length: count }, (_, at) => page.part(String(at), true, () => at === 0));
  for (const part of parts) {
    page.queue.add(part);
    page.queue.moved(part, 'visible');
    page.frame();
  }
  expect(page.drawn).toHaveLength(count);
  for (const part of parts.slice(0, 10)) page.queue.moved(part, 'far');
  const late = page.part('late', true);
  page.queue.add(late);
  page.queue.moved(late, 'visible');
  page.frame();
  expect(page.drawn).toHaveLength(maxMounted);
  expect(page.drawn).toContain('0');
  expect(page.drawn).not.toContain('1');
  const back = parts[1];
  if (back) page.queue.moved(back, 'visible');
  page.frame();
  expect(page.drawn).toContain('1');
});

test('what was drawn with the page leaves too: a chat that only grows at its end does not keep all of it', () => {
  const page = new FakePage();
  const count = maxMounted + 5;
  for (let at = 0; at < count; at += 1) {
    const part = page.part(String(at), true);
    page.drawn.push(String(at));
    page.queue.add(part, true);
    page.queue.moved(part, at < 10 ? 'far' : 'near');
  }
  page.idle();
  expect(page.drawn).toHaveLength(maxMounted);
  expect(page.drawn[0]).toBe('5');
});

test('idle time draws nothing that would have to leave again', () => {
  const page = new FakePage();
  page.costMs = 0;
  for (let at = 0; at < maxMounted + 20; at += 1) page.queue.add(page.part(String(at), true));
  page.idle();
  expect(page.drawn).toHaveLength(maxMounted);
});

test('for print everything is drawn, at once; what is gone is not', () => {
  const page = new FakePage();
  page.queue.add(page.part('a'));
  const remove = page.queue.add(page.part('b'));
  page.queue.add(page.part('c'), true);
  remove();
  page.queue.mountAll();
  expect(page.drawn).toEqual(['a']);
});
