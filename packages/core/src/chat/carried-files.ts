import { type Carriage, FileRoom } from '../attachment/accepted-files.ts';
import type { AttachmentFacts } from '../attachment/attachment.ts';
import type { ModelInfo } from '../model/model-info.ts';
import type { Message } from './message.ts';

export interface CarriedFile {
  readonly file: AttachmentFacts;
  readonly as: Carriage;
}

/** A message as a model is given it. */
export interface SpokenMessage extends Pick<Message, 'role' | 'text'> {
  readonly files?: readonly CarriedFile[] | undefined;
  /** What it had, and the model does not take. */
  readonly leftOut?: readonly AttachmentFacts[] | undefined;
}

/** Answers that failed before a word say nothing; the question goes even if it is blank. */
export function isSpoken({ text, files, leftOut }: SpokenMessage, isQuestion: boolean): boolean {
  return isQuestion || text.trim() !== '' || (files?.length ?? 0) + (leftOut?.length ?? 0) > 0;
}

type Said = Pick<Message, 'role' | 'text' | 'attachments'>;

/**
 * Which files of a conversation go to this model. The newest have the first choice of what room there is. Vendors take files with
 * questions only, so what an answer made goes with the question after it, and counts there.
 */
export function carryFiles(messages: readonly Said[], info: ModelInfo | undefined): readonly SpokenMessage[] {
  if (!messages.some(({ attachments }) => attachments)) return messages;
  const room = new FileRoom(info);
  let newer: Message['role'] | undefined;
  const carried = messages.toReversed().map((message): SpokenMessage => {
    const { role, text, attachments = [] } = message;
    if (text.trim() === '' && attachments.length === 0) return { role, text };
    if (role === 'user' && newer === 'assistant') room.startMessage();
    newer = role;
    return { role, text, ...choose(attachments, room) };
  });
  return carried.reverse();
}

function choose(attachments: readonly AttachmentFacts[], room: FileRoom): Pick<SpokenMessage, 'files' | 'leftOut'> {
  const files: CarriedFile[] = [];
  const leftOut: AttachmentFacts[] = [];
  for (const file of attachments) {
    const as = room.take(file);
    if (typeof as === 'string') files.push({ file, as });
    else leftOut.push(file);
  }
  return { ...(files.length > 0 && { files }), ...(leftOut.length > 0 && { leftOut }) };
}
