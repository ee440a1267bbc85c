import type { GenerationLedger } from './generation-ledger.ts';
import type { CutKind } from './script.ts';
import { type HttpResponse, hasClosed, resetResponse, type WireResponse } from './wire-response.ts';

type State = 'open' | 'completed' | 'broken' | 'gone';

export interface GenerationOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly chunkBytes?: number | undefined;
  /** As behind a gateway that passes an answer on when it has all of it. */
  readonly isHeldUntilEnd?: boolean | undefined;
}

/** One running answer on one connection: writes, waits, and knows when its client has gone. */
export class Generation {
  readonly #response: WireResponse;
  readonly #http: HttpResponse;
  readonly #ledger: GenerationLedger;
  readonly #options: GenerationOptions;
  #state: State = 'open';
  #status = 200;
  #held = '';
  #hasBegun = false;
  #wake: () => void = () => undefined;

  constructor(response: HttpResponse, ledger: GenerationLedger, options: GenerationOptions) {
    this.#response = response;
    this.#http = response;
    this.#ledger = ledger;
    this.#options = options;
    ledger.start();
    this.#response.once('close', () => this.#onClose());
    // The client may have gone while the request was being read.
    if (hasClosed(response)) this.#onClose();
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Resolves when the client can take more. The status counts only for the first write. */
  async write(body: string, status = 200): Promise<void> {
    if (!this.isOpen || body === '') return;
    this.#begin(status);
    if (this.#options.isHeldUntilEnd === true) {
      this.#held += body;
      return;
    }
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
    this.#release();
    this.#response.end();
  }

  /** Ends early on purpose. */
  async cut(how: CutKind, halfFrame: string): Promise<void> {
    if (how === 'mid-frame') await this.write(halfFrame);
    if (!this.isOpen) return;
    this.#state = 'broken';
    this.#ledger.break();
    this.#begin(200);
    this.#release();
    if (how === 'reset') resetResponse(this.#http);
    else this.#response.end();
  }

  #begin(status: number): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#status = status;
    if (this.#options.isHeldUntilEnd !== true) this.#response.writeHead(status, this.#options.headers);
  }

  #release(): void {
    if (this.#options.isHeldUntilEnd !== true || this.#response.headersSent) return;
    this.#response.writeHead(this.#status, this.#options.headers);
    if (this.#held !== '') this.#send(this.#held);
  }

  #send(body: string): boolean {
    const { chunkBytes } = this.#options;
    if (chunkBytes === undefined) return this.#response.write(body);
    const bytes = Buffer.from(body);
    let canTakeMore = true;
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      canTakeMore = this.#response.write(bytes.subarray(at, at + chunkBytes));
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
