import { buffer } from 'node:stream/consumers';
import { limits } from '@multimodel/contract';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import type { Texts } from '../texts/texts.ts';

/** The words of the command line, and below them what comes through a pipe. */
export async function readQuestion(words: readonly string[], { stdin, texts }: Pick<Context, 'stdin' | 'texts'>): Promise<string> {
  const piped = stdin.isTTY ? '' : decode(await buffer(stdin), texts);
  const text = [words.join(' '), piped].filter((part) => part.trim() !== '').join('\n\n');
  return checkQuestion(text, texts);
}

export function checkQuestion(text: string, texts: Texts): string {
  if (text.trim() === '') throw new CliError('badInput', texts.say('nothingToSend'));
  const limit = limits.messageCharacters;
  const count = text.length;
  if (count > limit) {
    const number = (value: number): string => value.toLocaleString(texts.language);
    const values = { count: number(count), over: number(count - limit), limit: number(limit) };
    throw new CliError('badInput', texts.say('messageTooLong', values), { code: 'payload_too_large' });
  }
  return text;
}

function decode(bytes: Buffer, texts: Texts): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CliError('badInput', texts.say('notUtf8'), { cause });
  }
}
