import type { Context } from '../context.ts';

/** What is going on, on a line that vanishes; only where a person looks. */
export class StatusLine {
  readonly #context: Pick<Context, 'stderr' | 'notices'>;
  #isShown = false;

  constructor(context: Pick<Context, 'stderr' | 'notices'>) {
    this.#context = context;
  }

  show(text: string): void {
    const { stderr, notices } = this.#context;
    if (!stderr.isTTY) return;
    stderr.write(`\r\u001b[K${notices.dim(`… ${text}`)}`);
    this.#isShown = true;
  }

  clear(): void {
    if (this.#isShown) this.#context.stderr.write('\r\u001b[K');
    this.#isShown = false;
  }
}
