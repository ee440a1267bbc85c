import type { Client } from '@multimodel/client';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import type { ExitName } from '../exit-codes.ts';
import { exitFor } from '../explain-error.ts';
import { toSafeLine } from '../terminal/safe-text.ts';
import { ask, ImpatienceError, LostConnectionError, type Outcome, type Question } from './ask.ts';
import { factsLine } from './facts.ts';
import type { OutcomeSink } from './sinks.ts';

export interface Exchange {
  readonly context: Context;
  readonly client: Client;
  readonly sink: OutcomeSink;
  /** No words beside the answer, not even on standard error. */
  readonly isSilent?: boolean | undefined;
}

/** One message and its answer, shown; how it ended. Throws what kept it from beginning. */
export async function exchange({ context, client, sink, isSilent = false }: Exchange, question: Question): Promise<ExitName> {
  try {
    const outcome = await ask(client, question, sink);
    sink.end(outcome);
    if (!isSilent) tell(context, outcome);
    return exitOf(outcome);
  } catch (error) {
    sink.fail();
    if (error instanceof ImpatienceError) return 'stopped';
    const message = context.texts.say('connectionGaveUp', { chat: question.chatId });
    if (error instanceof LostConnectionError) throw new CliError('noServer', message, { cause: error });
    throw error;
  }
}

function exitOf({ state, error }: Outcome): ExitName {
  switch (state) {
    case 'completed':
      return 'ok';
    case 'stopped':
      return 'stopped';
    case 'interrupted':
      return 'retryable';
    case 'failed':
      return error ? exitFor(error.code, error.isRetryable) : 'failed';
    default:
      return state satisfies never;
  }
}

/** Why the answer is not whole, for everybody; the facts, for who sits there. */
function tell({ stderr, notices, texts }: Context, outcome: Outcome): void {
  const problem = problemOf(outcome, texts);
  if (problem !== undefined) stderr.write(`${outcome.state === 'failed' ? notices.error(problem) : notices.warning(problem)}\n`);
  const facts = toSafeLine(factsLine(outcome, texts));
  if (stderr.isTTY && facts !== '') stderr.write(`${notices.dim(facts)}\n`);
}

function problemOf({ state, reason, error }: Outcome, texts: Context['texts']): string | undefined {
  if (state === 'stopped') return texts.say('stopped');
  if (state === 'interrupted') return texts.say('interrupted');
  if (state === 'failed') return texts.say('failed', { message: toSafeLine(error?.message ?? '') });
  if (reason === 'length') return texts.say('cutByLength');
  return reason === 'content_filter' ? texts.say('cutByFilter') : undefined;
}
