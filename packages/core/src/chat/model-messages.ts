import type { AttachmentFacts } from '../attachment/attachment.ts';
import { decodeText, toTextBlock } from '../attachment/text-document.ts';
import type { FilePart, ModelMessage } from '../model/chat-request.ts';
import type { SpokenMessage } from './carried-files.ts';

/** Bytes by hash. */
export type Contents = ReadonlyMap<string, Uint8Array>;

interface Turn {
  readonly role: SpokenMessage['role'];
  readonly files: FilePart[];
  readonly texts: string[];
}

/**
 * A conversation as a request carries it. Models expect the speakers to alternate: what one said in a row becomes one message. Of files
 * that are not in `contents` only the name goes.
 */
export function toModelMessages(
  systemPrompt: string | undefined,
  messages: readonly SpokenMessage[],
  contents: Contents,
): readonly ModelMessage[] {
  const system: ModelMessage[] = systemPrompt ? [{ role: 'system', parts: [{ type: 'text', text: systemPrompt }] }] : [];
  const turns: Turn[] = [];
  let made: Pick<Turn, 'files' | 'texts'> = { files: [], texts: [] };
  for (const message of messages) {
    const { role, text } = message;
    const { files, texts } = partsOf(message, contents);
    const last = turns.at(-1);
    const turn = last?.role === role ? last : { role, files: [], texts: [] };
    if (turn !== last) turns.push(turn);
    if (role === 'assistant') {
      made = { files: [...made.files, ...files], texts: [...made.texts, ...files.map(({ name = '' }) => fromAnswer(name)), ...texts] };
    } else {
      turn.files.push(...made.files, ...files);
      turn.texts.push(...made.texts, ...texts);
      made = { files: [], texts: [] };
    }
    if (text.trim() !== '' || message === messages.at(-1)) turn.texts.push(text);
  }
  return [...system, ...turns.map(toMessage)];
}

function toMessage({ role, files, texts }: Turn): ModelMessage {
  const text = texts.join('\n\n');
  // Some vendors refuse a text of nothing.
  return { role, parts: text.trim() === '' && files.length > 0 ? files : [...files, { type: 'text', text }] };
}

function partsOf({ files = [], leftOut = [] }: SpokenMessage, contents: Contents): Pick<Turn, 'files' | 'texts'> {
  const parts: FilePart[] = [];
  const texts = leftOut.map(notGiven);
  for (const { file, as } of files) {
    const data = contents.get(file.sha256);
    if (!data) texts.push(notGiven(file));
    else if (as === 'text') texts.push(toTextBlock(file.name, decodeText(data)));
    else parts.push({ type: 'file', mediaType: file.mediaType, name: file.name, data });
  }
  return { files: parts, texts };
}

/** Words for the model: it should not speak of what it has not seen, nor take its own picture for one of the person. */
const notGiven = ({ name }: Pick<AttachmentFacts, 'name'>): string => `[attached file "${name}": not available to you]`;
const fromAnswer = (name: string): string => `[attached file "${name}": from your answer above]`;
