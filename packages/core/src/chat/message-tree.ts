import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import { fieldFault, validationFault } from '../errors/field-fault.ts';
import type { MessageId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Chat } from './chat.ts';
import type { BranchMessage, Message, MessageReader, Siblings } from './message.ts';

/** Throws `not_found` for a message of another chat, like for one that does not exist. */
export async function messageOf(messages: MessageReader, chat: Chat, id: MessageId, field: string): Promise<Message> {
  const message = await messages.findById(id);
  if (message?.chatId === chat.id) return message;
  throw new AppError('not_found', faultTexts.notInChat(id), { details: { field, id } });
}

export function stillWritten({ id, runId }: Message): AppError {
  return new AppError('conflict', faultTexts.stillWritten, { details: { messageId: id, runId } });
}

const onlyOne: Siblings = { index: 0, count: 1 };

/** One page of a branch, newest first. Its cursor is the message that the next page begins with. */
export async function listBranchPage(
  messages: MessageReader,
  chat: Chat,
  { leafId, limit, cursor }: PageRequest & { readonly leafId: MessageId },
): Promise<Page<BranchMessage>> {
  const path = await messages.listBranch(leafId, limit);
  if (path.some(({ chatId }) => chatId !== chat.id) || path.length === 0) throw notOnBranch(leafId, cursor);
  const siblings = await messages.listSiblings(path);
  const items = path.map((message) => ({ ...message, siblings: siblings.get(message.id) ?? onlyOne })).reverse();
  return { items, nextCursor: path[0]?.parentId };
}

function notOnBranch(id: MessageId, cursor: string | undefined): AppError {
  if (cursor === undefined) return new AppError('not_found', faultTexts.notInChat(id), { details: { field: 'branch', id } });
  return validationFault([fieldFault('cursor', faultTexts.notACursor)]);
}
