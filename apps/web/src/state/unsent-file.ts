import type { AttachmentDto, SendMessage } from '@multimodel/contract';

/** A file of a message in the making: the server may not have it yet. */
export interface UnsentFile {
  /** Also the idempotency key of its upload. */
  readonly key: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** As the browser guesses by the name; empty = it does not know. */
  readonly mediaType: string;
  /** Once the server has it. */
  readonly attachment?: AttachmentDto | undefined;
  /** It belongs to a message that was sent, and is not ours to delete. */
  readonly isOfMessage?: boolean | undefined;
}

export function toUnsentFile(attachment: AttachmentDto, { isOfMessage = false } = {}): UnsentFile {
  const { id, name, size, mediaType } = attachment;
  return { key: id, name, size, mediaType, attachment, ...(isOfMessage && { isOfMessage }) };
}

/** What the server does not have yet goes by its key, until it does. */
export function withFiles(body: SendMessage, files: readonly UnsentFile[]): SendMessage {
  return files.length === 0 ? body : { ...body, attachments: files.map(({ key, attachment }) => attachment?.id ?? key) };
}
