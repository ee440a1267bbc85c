import { type DiagramPicture, type DiagramTheme, type DrawRequest, type FrameMessage, maxSourceCharacters } from './diagram-protocol.ts';

export type DiagramResult =
  | { readonly kind: 'drawn'; readonly picture: DiagramPicture }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'too-slow' }
  /** The frame itself did not come: another try may help. */
  | { readonly kind: 'unavailable' };

export interface OpenFrame {
  readonly post: (request: DrawRequest) => void;
  /** Takes it off the page, whatever it is doing. */
  readonly close: () => void;
}

export interface DiagramPainterDeps {
  readonly openFrame: (onMessage: (message: FrameMessage) => void) => OpenFrame;
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
}

interface Job {
  readonly request: DrawRequest;
  readonly done: (result: DiagramResult) => void;
}

const loadTimeoutMs = 30_000;
const drawTimeoutMs = 10_000;
/** A frame holds tens of megabytes; it stays only as long as more work is likely. */
const idleMs = 60_000;
const maxKept = 40;

/** Draws diagrams one after another in one frame, and throws the frame away when a diagram hangs in it. */
export class DiagramPainter {
  readonly #deps: DiagramPainterDeps;
  readonly #queue: Job[] = [];
  readonly #kept = new Map<string, DiagramResult>();
  #current: Job | undefined;
  #frame: OpenFrame | undefined;
  #isReady = false;
  #cancelTimer: (() => void) | undefined;
  #lastId = 0;

  constructor(deps: DiagramPainterDeps) {
    this.#deps = deps;
  }

  /** What is known without drawing. */
  recall(source: string, theme: DiagramTheme): DiagramResult | undefined {
    return source.length > maxSourceCharacters ? { kind: 'too-long' } : this.#kept.get(keyOf({ source, theme }));
  }

  /** Never rejects; never settles when nobody waits for it any more. */
  draw(source: string, theme: DiagramTheme, signal: AbortSignal): Promise<DiagramResult> {
    const known = this.recall(source, theme);
    if (known) return Promise.resolve(known);
    const { promise, resolve } = Promise.withResolvers<DiagramResult>();
    this.#lastId += 1;
    const job: Job = { request: { type: 'draw', id: this.#lastId, source, theme }, done: resolve };
    this.#queue.push(job);
    signal.addEventListener('abort', () => this.#forget(job), { once: true });
    this.#next();
    return promise;
  }

  #forget(job: Job): void {
    const index = this.#queue.indexOf(job);
    if (index >= 0) this.#queue.splice(index, 1);
  }

  #next(): void {
    if (this.#current) return;
    this.#current = this.#queue.shift();
    if (!this.#current) return this.#startTimer(() => this.#close(), idleMs);
    const known = this.recall(this.#current.request.source, this.#current.request.theme);
    if (known) return this.#finish(known);
    this.#frame ??= this.#deps.openFrame((message) => this.#receive(message));
    if (this.#isReady) this.#send(this.#current);
    else this.#startTimer(() => this.#giveUp({ kind: 'unavailable' }), loadTimeoutMs);
  }

  #send({ request }: Job): void {
    this.#startTimer(() => this.#giveUp({ kind: 'too-slow' }), drawTimeoutMs);
    this.#frame?.post(request);
  }

  #receive(message: FrameMessage): void {
    if (message.type === 'ready') {
      if (this.#isReady) return;
      this.#isReady = true;
      if (this.#current) this.#send(this.#current);
      return;
    }
    if (message.id !== this.#current?.request.id) return;
    this.#finish(message.type === 'drawn' ? { kind: 'drawn', picture: message.picture } : { kind: 'refused', detail: message.detail });
  }

  #giveUp(result: DiagramResult): void {
    this.#close();
    this.#finish(result);
  }

  #finish(result: DiagramResult): void {
    const job = this.#current;
    this.#current = undefined;
    if (job && result.kind !== 'unavailable') this.#keep(keyOf(job.request), result);
    job?.done(result);
    this.#next();
  }

  #keep(key: string, result: DiagramResult): void {
    this.#kept.set(key, result);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > maxKept) this.#kept.delete(oldest);
  }

  #close(): void {
    this.#startTimer(undefined, 0);
    this.#frame?.close();
    this.#frame = undefined;
    this.#isReady = false;
  }

  #startTimer(callback: (() => void) | undefined, delayMs: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = callback && this.#deps.schedule(callback, delayMs);
  }
}

const keyOf = ({ source, theme }: Pick<DrawRequest, 'source' | 'theme'>): string => `${theme}\n${source}`;
