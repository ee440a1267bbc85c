import type { ServerResponse } from 'node:http';
import type { GenerationLedger } from './generation-ledger.ts';
import type { CutKind } from './script.ts';

type State = 'open' | 'completed' | 'broken' | 'gone';

/** One running answer on one connection: writes, waits, and knows when its client has gone. */
export class Generation {
  readonly #response: ServerResponse;
  readonly #ledger: GenerationLedger;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #chunkBytes: number | undefined;
  #state: State = 'open';
  #wake: () => void = () => undefined;

  constructor(
    response: ServerResponse,
    ledger: GenerationLedger,
    options: { readonly headers: Readonly<Record<string, string>>; readonly chunkBytes?: number | undefined },
  ) {
    this.#response = response;
    this.#ledger = ledger;
    this.#headers = options.headers;
    this.#chunkBytes = options.chunkBytes;
    ledger.start();
    response.once('close', () => this.#onClose());
    // The client may have gone while the request was being read.
    if (response.destroyed) this.#onClose();
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  get hasBegun(): boolean {
    return this.#response.headersSent;
  }

  /** Resolves when the client can take more. The status counts only for the first write. */
  async write(body: string, status = 200): Promise<void> {
    if (!this.isOpen || body === '') return;
    if (!this.#response.headersSent) this.#response.writeHead(status, this.#headers);
    if (this.#send(body)) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#response.once('drain', resolve);
    });
  }

  wait(ms: number): Promise<void> {
    if (!this.isOpen) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  hold(): Promise<void> {
    if (!this.isOpen) return Promise.resolve();
    return new Promise((resolve) => {
      const forget = this.#ledger.hold(resolve);
      this.#wake = () => {
        forget();
        resolve();
      };
    });
  }

  complete(): void {
    if (!this.isOpen) return;
    this.#state = 'completed';
    this.#ledger.complete();
    this.#response.end();
  }

  /** Ends early on purpose. */
  async cut(how: CutKind, halfFrame: string): Promise<void> {
    if (how === 'mid-frame') await this.write(halfFrame);
    if (!this.isOpen) return;
    this.#state = 'broken';
    this.#ledger.break();
    if (!this.#response.headersSent) this.#response.writeHead(200, this.#headers);
    if (how !== 'reset') {
      this.#response.end();
      return;
    }
    // What was written before must reach the client first: a reset may overtake it.
    this.#response.flushHeaders();
    this.#response.write('', () => setImmediate(() => this.#response.socket?.resetAndDestroy()));
  }

  #send(body: string): boolean {
    if (this.#chunkBytes === undefined) return this.#response.write(body);
    const bytes = Buffer.from(body);
    let canTakeMore = true;
    for (let at = 0; at < bytes.length; at += this.#chunkBytes) {
      canTakeMore = this.#response.write(bytes.subarray(at, at + this.#chunkBytes));
    }
    return canTakeMore;
  }

  #onClose(): void {
    const wasDelivered = this.#response.writableFinished;
    if (this.#state === 'open' || (this.#state === 'completed' && !wasDelivered)) {
      this.#ledger.cancel(this.#state === 'completed');
      this.#state = 'gone';
    }
    this.#wake();
  }
}
