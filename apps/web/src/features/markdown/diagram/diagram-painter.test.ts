import { expect, test } from 'vitest';
import { DiagramPainter, type DiagramResult, type OpenFrame } from './diagram-painter.ts';
import type { DrawRequest, FrameMessage } from './diagram-protocol.ts';

class FakeFrame implements OpenFrame {
  readonly requests: DrawRequest[] = [];
  isClosed = false;
  readonly say: (message: FrameMessage) => void;

  constructor(say: (message: FrameMessage) => void) {
    this.say = say;
  }

  post = (request: DrawRequest) => void this.requests.push(request);
  close = () => {
    this.isClosed = true;
  };
  /** Draws what was asked for last. */
  draw = (svg = '<svg/>') => {
    const { id } = this.requests.at(-1) ?? { id: -1 };
    this.say({ type: 'drawn', id, picture: { svg, width: 10, height: 10, title: '' } });
  };
}

function setUp() {
  const frames: FakeFrame[] = [];
  let timer: { readonly callback: () => void; readonly delayMs: number } | undefined;
  const painter = new DiagramPainter({
    openFrame: (onMessage) => {
      const frame = new FakeFrame(onMessage);
      frames.push(frame);
      return frame;
    },
    schedule: (callback, delayMs) => {
      const own = { callback, delayMs };
      timer = own;
      return () => {
        if (timer === own) timer = undefined;
      };
    },
  });
  const results: Record<string, DiagramResult> = {};
  const draw = (source: string, leaving = new AbortController()) => {
    void painter.draw(source, 'light', leaving.signal).then((result) => {
      results[source] = result;
    });
    return leaving;
  };
  const passTime = () => {
    const due = timer;
    timer = undefined;
    due?.callback();
  };
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { painter, frames, results, draw, passTime, settled };
}

test('many diagrams are drawn one after another in one frame', async () => {
  const { frames, results, draw, settled } = setUp();
  for (const source of ['a', 'b', 'c']) draw(source);
  expect(frames).toHaveLength(1);
  expect(frames[0]?.requests).toEqual([]);
  frames[0]?.say({ type: 'ready' });
  for (const source of ['a', 'b', 'c']) {
    expect(frames[0]?.requests.at(-1)?.source).toBe(source);
    frames[0]?.draw(`<svg>${source}`);
  }
  await settled();
  expect(frames).toHaveLength(1);
  expect(results['b']).toMatchObject({ kind: 'drawn', picture: { svg: '<svg>b' } });
});

test('what was drawn once is known, in its theme', async () => {
  const { painter, frames, results, draw, settled } = setUp();
  draw('a');
  draw('a');
  frames[0]?.say({ type: 'ready' });
  frames[0]?.draw();
  await settled();
  expect(frames[0]?.requests).toHaveLength(1);
  expect(results['a']?.kind).toBe('drawn');
  expect(painter.recall('a', 'light')?.kind).toBe('drawn');
  expect(painter.recall('a', 'dark')).toBeUndefined();
});

test('a diagram that hangs is removed with its frame, and the next one is drawn in another', async () => {
  const { frames, results, draw, passTime, settled } = setUp();
  draw('endless');
  draw('b');
  frames[0]?.say({ type: 'ready' });
  passTime();
  expect(frames[0]?.isClosed).toBe(true);
  frames[1]?.say({ type: 'ready' });
  // What the first frame says after its end is about nothing that is waited for.
  frames[0]?.draw('<svg>late');
  frames[1]?.draw('<svg>b');
  await settled();
  expect(results['endless']).toEqual({ kind: 'too-slow' });
  expect(results['b']).toMatchObject({ picture: { svg: '<svg>b' } });
});

test('a frame that does not come is tried again when asked', async () => {
  const { painter, frames, results, draw, passTime, settled } = setUp();
  draw('a');
  passTime();
  await settled();
  expect(results['a']).toEqual({ kind: 'unavailable' });
  expect(painter.recall('a', 'light')).toBeUndefined();
  draw('a');
  frames[1]?.say({ type: 'ready' });
  frames[1]?.say({ type: 'refused', id: frames[1].requests[0]?.id ?? 0, detail: 'line 2' });
  await settled();
  expect(results['a']).toEqual({ kind: 'refused', detail: 'line 2' });
});

test('what nobody waits for any more is not drawn', () => {
  const { frames, draw } = setUp();
  draw('a');
  draw('b').abort();
  draw('c');
  frames[0]?.say({ type: 'ready' });
  frames[0]?.draw();
  expect(frames[0]?.requests.map(({ source }) => source)).toEqual(['a', 'c']);
});

test('an idle frame goes, and the next diagram brings another', async () => {
  const { frames, draw, passTime, results, settled } = setUp();
  draw('a');
  frames[0]?.say({ type: 'ready' });
  frames[0]?.draw();
  passTime();
  expect(frames[0]?.isClosed).toBe(true);
  draw('b');
  frames[1]?.say({ type: 'ready' });
  frames[1]?.draw();
  await settled();
  expect(results['b']?.kind).toBe('drawn');
});

test('a text that is too long starts nothing', async () => {
  const { frames, results, draw, settled } = setUp();
  draw('x'.repeat(20_001));
  await settled();
  expect(Object.values(results)).toEqual([{ kind: 'too-long' }]);
  expect(frames).toEqual([]);
});
