import { expect, test } from 'vitest';
import { AnswerView, type AnswerViewDeps } from './answer-view.ts';

class FakeFrames implements AnswerViewDeps {
  nowMs = 1_000;
  isReduced = false;
  commitMs = 1;
  commits = 0;
  #next: (() => void) | undefined;

  now = () => this.nowMs;
  isStill = () => this.isReduced;
  requestFrame = (callback: () => void) => {
    this.#next = callback;
    return () => {
      this.#next = undefined;
    };
  };
  commit = (change: () => void) => {
    change();
    this.commits += 1;
    this.nowMs += this.commitMs;
  };

  get isWaiting(): boolean {
    return this.#next !== undefined;
  }

  run(count: number): void {
    for (let at = 0; at < count; at += 1) {
      this.nowMs += 16;
      const frame = this.#next;
      this.#next = undefined;
      frame?.();
    }
  }
}

const textOf = (view: AnswerView) =>
  view
    .groups()
    .flatMap(({ blocks }) => blocks)
    .map(({ source }) => source)
    .join('\n\n');

const long = 'слово '.repeat(80).trim();

test('text flows in over frames and then rests', () => {
  const frames = new FakeFrames();
  const view = new AnswerView(frames, 'Начало', true);
  expect(textOf(view)).toBe('Начало');
  view.show(`Начало ${long}`, true);
  expect(textOf(view)).toBe('Начало');
  frames.run(4);
  expect(textOf(view).length).toBeGreaterThan(20);
  expect(textOf(view).length).toBeLessThan(long.length);
  frames.run(20);
  expect(textOf(view)).toBe(`Начало ${long}`);
  expect(frames.isWaiting).toBe(false);
});

test('stopped, reduced or hidden: everything at once', () => {
  for (const isReduced of [true, false]) {
    const frames = new FakeFrames();
    frames.isReduced = isReduced;
    const view = new AnswerView(frames, 'a', true);
    view.show(`a ${long}`, isReduced);
    expect(textOf(view)).toBe(`a ${long}`);
    expect(frames.isWaiting).toBe(false);
  }
});

test('a slow page is drawn less often', () => {
  const drawn = (commitMs: number) => {
    const frames = new FakeFrames();
    frames.commitMs = commitMs;
    const view = new AnswerView(frames, 'a', true);
    for (let at = 1; at < 60; at += 1) {
      view.show(`a ${long.repeat(at)}`, true);
      frames.run(1);
    }
    return frames.commits;
  };
  expect(drawn(40)).toBeLessThan(drawn(1) * 0.6);
});

test('the settled message takes over the blocks of the live one', () => {
  const frames = new FakeFrames();
  const live = new AnswerView(frames, 'Первый абзац.\n\nВторой', true);
  const first = live.groups()[0]?.blocks[0];
  const settled = new AnswerView(frames, 'Первый абзац.\n\nВторой целиком.', false);
  expect(settled.groups()[0]?.blocks[0]).toBe(first);
  expect(textOf(settled)).toBe('Первый абзац.\n\nВторой целиком.');
});
