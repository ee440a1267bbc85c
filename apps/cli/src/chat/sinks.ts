import type { RunView, WatchConnection } from '@multimodel/client';
import type { RunEventDto, SentMessage } from '@multimodel/contract';
import type { Context } from '../context.ts';
import { MarkdownStream } from '../markdown/markdown-stream.ts';
import { toSafeLine } from '../terminal/safe-text.ts';
import type { AnswerSink, Outcome } from './ask.ts';
import { StatusLine } from './status-line.ts';

/** A sink that is told the whole outcome at the end. */
export interface OutcomeSink extends AnswerSink {
  end(outcome: Outcome): void;
  /** There will be no outcome. */
  fail(): void;
}

/** For eyes: Markdown as it comes, with a word about what is being waited for. */
export class TerminalSink implements OutcomeSink {
  readonly #context: Context;
  readonly #status: StatusLine;
  #stream: MarkdownStream;
  #text = '';
  #isAtLineStart = true;

  constructor(context: Context) {
    this.#context = context;
    this.#status = new StatusLine(context);
    this.#stream = new MarkdownStream(context.styles);
  }

  sent(): void {
    this.#wait(this.#context.texts.say('waiting'));
  }

  event(event: RunEventDto, view: RunView): void {
    const { texts } = this.#context;
    if (event.type === 'queued') this.#wait(texts.say('queued', { position: event.position }));
    if (event.type === 'reasoning-delta' && view.text === '') this.#wait(texts.say('thinking'));
    if (event.type === 'attempt' && event.reason !== 'requested') {
      this.#wait(texts.say(event.reason === 'retry' ? 'retrying' : 'failover', { model: toSafeLine(event.model) }));
    }
    if (event.type === 'warning') this.#notice(toSafeLine(event.message));
    this.#showText(view.text);
  }

  connection({ state }: WatchConnection): void {
    const { texts } = this.#context;
    if (state === 'waiting') this.#wait(texts.say('reconnecting'));
    if (state === 'open') this.#status.clear();
  }

  stopping(): void {
    this.#wait(this.#context.texts.say('stopping'));
  }

  end({ text }: Outcome): void {
    this.#showText(text);
    this.fail();
  }

  fail(): void {
    this.#status.clear();
    this.#write(this.#stream.end());
    if (!this.#isAtLineStart) this.#write('\n');
  }

  #showText(text: string): void {
    if (text === this.#text) return;
    this.#status.clear();
    if (!text.startsWith(this.#text)) {
      const { texts, styles } = this.#context;
      this.#write(`${this.#stream.end()}\n${styles.dim(texts.say('rewritten'))}\n`);
      this.#stream = new MarkdownStream(styles);
      this.#text = '';
    }
    this.#write(this.#stream.push(text.slice(this.#text.length)));
    this.#text = text;
  }

  #write(output: string): void {
    if (output === '') return;
    this.#context.stdout.write(output);
    this.#isAtLineStart = output.endsWith('\n');
  }

  /** In the middle of a line there is no place for it. */
  #wait(text: string): void {
    if (this.#isAtLineStart) this.#status.show(text);
  }

  #notice(text: string): void {
    this.#status.clear();
    const lineFeed = this.#isAtLineStart ? '' : '\n';
    this.#context.stderr.write(`${lineFeed}${this.#context.notices.dim(`! ${text}`)}\n`);
  }
}

/** For pipes: the answer and nothing else, at its end, because a model may rewrite what it has said. */
export class PlainSink implements OutcomeSink {
  readonly #context: Context;
  readonly #status: StatusLine;

  constructor(context: Context) {
    this.#context = context;
    this.#status = new StatusLine(context);
  }

  sent(): void {
    this.#status.show(this.#context.texts.say('waiting'));
  }

  event(): void {}

  connection({ state }: WatchConnection): void {
    if (state === 'waiting') this.#status.show(this.#context.texts.say('reconnecting'));
  }

  stopping(): void {
    this.#status.show(this.#context.texts.say('stopping'));
  }

  end({ text }: Outcome): void {
    this.fail();
    if (text !== '') this.#context.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  fail(): void {
    this.#status.clear();
  }
}

/** For programs: what was sent, each event of the run, and the whole answer as the last line. */
export class JsonSink implements OutcomeSink {
  readonly #stdout: Context['stdout'];

  constructor({ stdout }: Pick<Context, 'stdout'>) {
    this.#stdout = stdout;
  }

  sent({ run, userMessage }: SentMessage): void {
    const { id: runId, chatId, messageId, model } = run;
    this.#line({ type: 'sent', chatId, runId, messageId, userMessageId: userMessage.id, model });
  }

  event(event: RunEventDto): void {
    this.#line(event);
  }

  connection(): void {}

  stopping(): void {}

  end({ chatId, messageId, state, text, provider, model, reason, usage, cost, timings, error }: Outcome): void {
    this.#line({ type: 'answer', chatId, messageId, state, text, provider, model, reason, usage, cost, timings, error });
  }

  fail(): void {}

  #line(value: object): void {
    this.#stdout.write(`${JSON.stringify(value)}\n`);
  }
}
