import { expect, test } from 'vitest';
import { TypingReveal } from './typing-reveal.ts';

const frameMs = 16;

/** Pieces of `size` every `everyMs`, frames at 60 Hz; what was shown after each frame. */
function play(text: string, { size, everyMs }: { size: number; everyMs: number }): { shown: number; arrived: number; at: number }[] {
  const reveal = new TypingReveal();
  const frames = [];
  let arrived = 0;
  for (let now = 1; now < 20_000; now += 1) {
    if (now % everyMs === 0 && arrived < text.length) {
      arrived = Math.min(text.length, arrived + size);
      reveal.arrive(text.slice(0, arrived), now);
    }
    if (now % frameMs === 0) frames.push({ shown: reveal.frame(now).length, arrived, at: now });
    if (arrived === text.length && !reveal.isBehind) break;
  }
  return frames;
}

test.each([
  { size: 8, everyMs: 20 },
  { size: 60, everyMs: 150 },
  { size: 120, everyMs: 400 },
])('$size characters every $everyMs ms flow evenly and never lag by more than 300 ms', ({ size, everyMs }) => {
  const text = 'слово '.repeat(300);
  const frames = play(text, { size, everyMs });
  for (const { shown, at } of frames) {
    const due = Math.floor((at - 300 - frameMs) / everyMs) * size;
    expect(shown).toBeGreaterThanOrEqual(Math.min(text.length, due));
  }
  const steps = frames.map(({ shown }, index) => shown - (frames[index - 1]?.shown ?? 0)).slice(40, -40);
  expect(Math.max(...steps)).toBeLessThan(Math.max(8, (size / everyMs) * frameMs * 2.5));
});

test('what readers take for one character is never cut', () => {
  const family = '👩‍👩‍👧‍👦';
  const text = `${`${family}й🇷🇺`.repeat(40)}конец`;
  const whole = new Set([...new Intl.Segmenter().segment(text)].map(({ index }) => index));
  for (const { shown } of play(text, { size: text.length, everyMs: 10 })) expect(shown === text.length || whole.has(shown)).toBe(true);
});

test('the end comes within 300 ms, a long rest at once', () => {
  const reveal = new TypingReveal();
  reveal.arrive('a'.repeat(900), 1);
  reveal.end('a'.repeat(1_000), 2);
  for (let now = 2; now <= 302; now += frameMs) reveal.frame(now);
  reveal.frame(304);
  expect(reveal.isBehind).toBe(false);
  reveal.end('a'.repeat(4_000), 310);
  expect(reveal.shown).toHaveLength(4_000);
});

test('another text is shown whole', () => {
  const reveal = new TypingReveal();
  reveal.showAll('один');
  reveal.arrive('два', 5);
  expect(reveal.shown).toBe('два');
});
