import type { Client } from '@multimodel/client';
import type { MessageDto } from '@multimodel/contract';
import { limits } from '@multimodel/contract/limits';
import { namesLine, namesMarkdown } from '../files/file-names.ts';

/** The words around the messages, in the reader's language. */
export interface TranscriptTexts {
  readonly you: string;
  readonly answer: string;
  readonly stopped: string;
  readonly writing: string;
  readonly empty: string;
}

export interface TranscriptOptions {
  readonly title: string | undefined;
  readonly texts: TranscriptTexts;
  /** What people call the model that wrote an answer. */
  readonly modelName: (message: MessageDto) => string | undefined;
}

/** The whole branch that is shown, oldest first, page by page. */
export async function readBranch(
  client: Pick<Client, 'messages'>,
  chatId: string,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (count: number, isLast: boolean) => void },
): Promise<readonly MessageDto[]> {
  const pages: (readonly MessageDto[])[] = [];
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await client.messages.list(chatId, { branch: 'current', limit: limits.pageSize, cursor, signal });
    signal.throwIfAborted();
    pages.push(page.items);
    count += page.items.length;
    cursor = page.nextCursor;
    onProgress(count, cursor === undefined);
  } while (cursor !== undefined);
  return pages.flat().reverse();
}

export function chatToMarkdown(messages: readonly MessageDto[], options: TranscriptOptions): string {
  const parts = messages.map((message) => {
    const note = noteOf(message, options.texts);
    return [`**${authorOf(message, options)}**`, message.text.trim(), namesMarkdown(message), note && `*(${note})*`]
      .filter(Boolean)
      .join('\n\n');
  });
  return `${[...(options.title ? [`# ${oneLine(options.title)}`] : []), ...parts].join('\n\n---\n\n')}\n`;
}

export function chatToText(
  messages: readonly MessageDto[],
  options: TranscriptOptions & { readonly toText: (markdown: string) => string },
): string {
  const parts = messages.map((message) => {
    const note = noteOf(message, options.texts);
    // What a person wrote is shown as it was typed.
    const text = message.role === 'user' ? message.text.trim() : options.toText(message.text);
    return [`${authorOf(message, options)}:`, text, namesLine(message), note && `(${note})`].filter(Boolean).join('\n');
  });
  return `${[...(options.title ? [oneLine(options.title)] : []), ...parts].join('\n\n')}\n`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function authorOf(message: MessageDto, { texts, modelName }: TranscriptOptions): string {
  if (message.role === 'user') return texts.you;
  const model = modelName(message);
  return model ? `${texts.answer} · ${model}` : texts.answer;
}

/** A part is never passed off as the whole. */
function noteOf({ role, state, text, attachments, reason }: MessageDto, texts: TranscriptTexts): string | undefined {
  if (role === 'user') return undefined;
  if (state === 'streaming') return texts.writing;
  if (text.trim() === '' && !attachments?.length) return texts.empty;
  return state === 'completed' && reason !== 'length' ? undefined : texts.stopped;
}
