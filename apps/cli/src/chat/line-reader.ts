import { createInterface, type Interface } from 'node:readline';
import type { Context } from '../context.ts';

/** What a person did at the prompt. */
export type Input = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'interrupt' } | { readonly kind: 'end' };

/** Lines from a terminal, with editing and history, or from a pipe. Between two reads the terminal is in its usual state, so that Ctrl-C is a signal. */
export class LineReader implements Disposable {
  readonly #readline: Interface;
  readonly #stdin: Context['stdin'];
  readonly #waiting: Input[] = [];
  #take: ((input: Input) => void) | undefined;
  #isClosed = false;

  constructor({ stdin, stdout }: Pick<Context, 'stdin' | 'stdout'>) {
    this.#stdin = stdin;
    this.#readline = createInterface({
      input: stdin,
      output: stdout,
      terminal: stdin.isTTY && stdout.isTTY,
      historySize: 500,
      removeHistoryDuplicates: true,
    });
    this.#readline.on('line', (text) => this.#put({ kind: 'line', text }));
    this.#readline.on('SIGINT', () => this.#put({ kind: 'interrupt' }));
    this.#readline.on('close', () => {
      this.#isClosed = true;
      this.#put({ kind: 'end' });
    });
  }

  async read(prompt: string): Promise<Input> {
    const next = this.#waiting.shift();
    if (next) return next;
    if (this.#isClosed) return { kind: 'end' };
    const { promise, resolve } = Promise.withResolvers<Input>();
    this.#take = resolve;
    this.#setRaw(true);
    this.#readline.setPrompt(prompt);
    this.#readline.prompt();
    const input = await promise;
    if (!this.#isClosed) this.#readline.pause();
    this.#setRaw(false);
    return input;
  }

  /** Forgets what was typed in the current line. */
  clearLine(): void {
    this.#readline.write(null, { ctrl: true, name: 'e' });
    this.#readline.write(null, { ctrl: true, name: 'u' });
  }

  [Symbol.dispose](): void {
    this.#readline.close();
  }

  #put(input: Input): void {
    const take = this.#take;
    this.#take = undefined;
    if (take) take(input);
    else this.#waiting.push(input);
  }

  #setRaw(isRaw: boolean): void {
    if (this.#readline.terminal && !this.#isClosed) this.#stdin.setRawMode(isRaw);
  }
}
