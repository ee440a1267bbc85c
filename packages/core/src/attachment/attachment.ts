import type { FileKind } from '../model/model-info.ts';
import type { AttachmentId, ChatId, MessageId, UserId } from '../shared/ids.ts';

/** What everybody who sees a message sees of its file. Never changes, so a message keeps its own copy. */
export interface AttachmentFacts {
  readonly id: AttachmentId;
  readonly name: string;
  /** As found in its bytes, for example `image/png`. */
  readonly mediaType: string;
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** Of the content, in hex. Equal contents are stored once. */
  readonly sha256: string;
  /** Pixels, of images where the beginning of the file tells. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** A file of one message, or one that was uploaded and waits to be sent. */
export interface Attachment extends AttachmentFacts {
  readonly ownerId: UserId;
  /** Absent until sent. */
  readonly messageId?: MessageId | undefined;
  readonly createdAt: number;
}

export interface AttachmentReader {
  /** In a transaction it stays as it is until the end. */
  findById(id: AttachmentId): Promise<Attachment | undefined>;
  /** Contents that messages of this chat refer to, each once. */
  listContents(chatId: ChatId): Promise<readonly string[]>;
  /** Those of these contents that any row names. */
  findUsed(contents: readonly string[]): Promise<ReadonlySet<string>>;
}
export interface AttachmentWriter extends AttachmentReader {
  insert(attachment: Attachment): Promise<void>;
  /** Makes one that waits part of a message. */
  attach(id: AttachmentId, messageId: MessageId): Promise<void>;
  /** False, and nothing done, for one that was sent or is gone. */
  deleteUnsent(id: AttachmentId): Promise<boolean>;
  /** At most `limit` of those that have waited since before `createdAt`; answers with their contents. */
  deleteUnsentBefore(createdAt: number, limit: number): Promise<readonly string[]>;
}

export function kindOf(mediaType: string): FileKind {
  if (isTextual(mediaType)) return 'document';
  if (mediaType.startsWith('image/')) return 'image';
  return mediaType.startsWith('audio/') ? 'audio' : 'document';
}

const textualTypes: ReadonlySet<string> = new Set([
  'application/json',
  'application/javascript',
  'application/sql',
  'application/toml',
  'application/xml',
  'application/yaml',
  'image/svg+xml',
]);

/** A document that is text from its first byte to its last: any model can read it. */
export function isTextual(mediaType: string): boolean {
  return mediaType.startsWith('text/') || textualTypes.has(mediaType);
}

export function toFacts({ id, name, mediaType, kind, size, sha256, width, height }: AttachmentFacts): AttachmentFacts {
  return { id, name, mediaType, kind, size, sha256, ...(width !== undefined && height !== undefined && { width, height }) };
}

/** The end of a name, for example `csv`; empty when it has none. */
export function endingOf(name: string): string {
  return /\.([a-z\d]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}
