import type { Actor } from '../account/actor.ts';
import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import { fieldFault, validationFault } from '../errors/field-fault.ts';
import type { FileEvent } from '../model/stream-event.ts';
import type { Clock } from '../shared/clock.ts';
import { once } from '../shared/idempotent.ts';
import { type AttachmentId, type MessageId, toAttachmentId, type UserId } from '../shared/ids.ts';
import { KeyedLock } from '../shared/keyed-lock.ts';
import type { Logger } from '../shared/logger.ts';
import type { Storage, StorageWriter } from '../shared/storage.ts';
import { type Attachment, type AttachmentFacts, kindOf, toFacts } from './attachment.ts';
import { cleanName } from './attachment-name.ts';
import { attachmentTexts } from './attachment-texts.ts';
import type { FileStore, StagedFile } from './file-store.ts';
import { readImageSize } from './image-size.ts';
import { contradicts, findMediaType, isRasterImage, normalMediaType, takenMediaTypes } from './media-type.ts';

export interface AttachmentServiceDeps {
  readonly storage: Storage;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly logger: Logger;
  newId(): string;
  /** Of one file. */
  readonly maxBytes: number;
}

export interface Upload {
  readonly name: string;
  /** As the sender says; the bytes decide. */
  readonly mediaType?: string | undefined;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Files for a message that is being written. */
export interface ClaimedFiles {
  readonly facts: readonly AttachmentFacts[];
  /** When the message is stored. */
  attachTo(id: MessageId): Promise<void>;
}

export interface AttachmentLimits {
  readonly maxBytes: number;
  readonly mediaTypes: readonly string[];
}

/** How long a file waits for the message that it was uploaded for. */
const unsentMs = 24 * 60 * 60_000;
const sweepRows = 100;

/** Files of messages: rows that say whose they are, and contents that are kept once however many rows name them. */
export class AttachmentService {
  readonly #deps: AttachmentServiceDeps;
  /** A content is not dropped between being kept and being named by a row. */
  readonly #contents = new KeyedLock();

  constructor(deps: AttachmentServiceDeps) {
    this.#deps = deps;
  }

  get limits(): AttachmentLimits {
    return { maxBytes: this.#deps.maxBytes, mediaTypes: takenMediaTypes };
  }

  /** The same key with the same file answers with what the first request made. */
  async upload(actor: Actor, input: Upload, idempotencyKey?: string): Promise<Attachment> {
    const { storage, clock, files, maxBytes } = this.#deps;
    await using staged = await files.stage(input.content, { maxBytes });
    const attachment = this.#newAttachment(staged, actor.userId, { name: input.name, mediaType: uploadedType(staged, input) });
    const fingerprint = ['attachment', attachment.sha256, attachment.name, attachment.mediaType].join('\n');
    const idempotency = idempotencyKey === undefined ? undefined : { key: idempotencyKey, fingerprint };
    const { receipt } = await this.#keep(staged, () =>
      once({
        storage,
        clock,
        actor,
        idempotency,
        work: async (tx) => {
          await tx.attachments.insert(attachment);
          return { attachmentId: attachment.id };
        },
      }),
    );
    const id = toAttachmentId(receipt.attachmentId);
    const kept = id === attachment.id ? attachment : await storage.read.attachments.findById(id);
    if (!kept) throw new AppError('not_found', faultTexts.keyOfDeleted);
    return kept;
  }

  /** What a model made: part of its answer before anybody sees it. */
  async keepMade(owner: UserId, messageId: MessageId, { mediaType, name = '', data }: Omit<FileEvent, 'type'>): Promise<AttachmentFacts> {
    const { storage, files, maxBytes } = this.#deps;
    await using staged = await files.stage(onePiece(data), { maxBytes });
    const found = findMediaType(staged.head, { name, mediaType });
    const type = found !== undefined && isRasterImage(found) ? found : (normalMediaType(mediaType) ?? found ?? 'application/octet-stream');
    const attachment = { ...this.#newAttachment(staged, owner, { name, mediaType: type }), messageId };
    await this.#keep(staged, () => storage.transact((tx) => tx.attachments.insert(attachment)));
    return toFacts(attachment);
  }

  async get(actor: Actor, id: AttachmentId): Promise<Attachment> {
    return ownOf(actor, id, await this.#deps.storage.read.attachments.findById(id));
  }

  async open(actor: Actor, id: AttachmentId): Promise<{ readonly attachment: Attachment; content(): Promise<AsyncIterable<Uint8Array>> }> {
    const attachment = await this.get(actor, id);
    return { attachment, content: () => this.#deps.files.open(attachment.sha256) };
  }

  /** Only of one that waits: what was said stays said. */
  async delete(actor: Actor, id: AttachmentId): Promise<void> {
    const { sha256 } = await this.get(actor, id);
    const isDeleted = await this.#deps.storage.transact((tx) => tx.attachments.deleteUnsent(id));
    if (!isDeleted) throw new AppError('conflict', attachmentTexts.alreadySent, { details: { id } });
    await this.forget([sha256]);
  }

  /** Of this person, in the order of the ids. */
  findOwn(actor: Actor, ids: readonly AttachmentId[]): Promise<readonly Attachment[]> {
    return Promise.all(ids.map((id) => this.get(actor, id)));
  }

  /** One that waits becomes part of the message; of one that was sent before the message gets a copy, which names the same content. */
  async claim(tx: StorageWriter, actor: Actor, ids: readonly AttachmentId[]): Promise<ClaimedFiles> {
    const { clock, newId } = this.#deps;
    const claimed: { readonly attachment: Attachment; readonly isNew: boolean }[] = [];
    for (const id of ids) {
      const found = ownOf(actor, id, await tx.attachments.findById(id));
      const isNew = found.messageId !== undefined || claimed.some(({ attachment }) => attachment.id === id);
      claimed.push({ isNew, attachment: isNew ? { ...found, id: toAttachmentId(newId()), createdAt: clock.now() } : found });
    }
    return {
      facts: claimed.map(({ attachment }) => toFacts(attachment)),
      attachTo: async (messageId) => {
        for (const { attachment, isNew } of claimed) {
          if (isNew) await tx.attachments.insert({ ...attachment, messageId });
          else await tx.attachments.attach(attachment.id, messageId);
        }
      },
    };
  }

  /** Whole; `undefined` when it was lost, so that a conversation can go on without it. */
  async load(sha256: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#deps.files.read(sha256);
    } catch (error) {
      this.#deps.logger.error({ err: error, sha256 }, 'the content of an attachment could not be read');
      return undefined;
    }
  }

  /** Rows of these contents were deleted: those that no row names any more go, too. What fails is left to the next sweep. */
  async forget(contents: readonly string[]): Promise<void> {
    const { storage, files, logger } = this.#deps;
    for (const sha256 of new Set(contents)) {
      try {
        await this.#contents.run(sha256, async () => {
          const used = await storage.read.attachments.findUsed([sha256]);
          if (!used.has(sha256)) await files.delete(sha256);
        });
      } catch (error) {
        logger.warn({ err: error, sha256 }, 'the content of a deleted attachment is still there; the next sweep tries again');
      }
    }
  }

  /** Files that nobody sent within a day, and contents that a crash left without a row. */
  async sweep(): Promise<void> {
    const { storage, clock, files } = this.#deps;
    for (;;) {
      const contents = await storage.transact((tx) => tx.attachments.deleteUnsentBefore(clock.now() - unsentMs, sweepRows));
      await this.forget(contents);
      if (contents.length < sweepRows) break;
    }
    let batch: string[] = [];
    const forgetUnused = async (): Promise<void> => {
      const used = await storage.read.attachments.findUsed(batch);
      await this.forget(batch.filter((sha256) => !used.has(sha256)));
      batch = [];
    };
    for await (const sha256 of files.list()) {
      batch.push(sha256);
      if (batch.length === sweepRows) await forgetUnused();
    }
    if (batch.length > 0) await forgetUnused();
  }

  #keep<T>(staged: StagedFile, insertRow: () => Promise<T>): Promise<T> {
    return this.#contents.run(staged.sha256, async () => {
      await staged.commit();
      return insertRow();
    });
  }

  #newAttachment(
    { sha256, size, head }: StagedFile,
    ownerId: UserId,
    { name, mediaType }: Pick<Attachment, 'name' | 'mediaType'>,
  ): Attachment {
    const instead = `${kindOf(mediaType)}.${/^[a-z]+\/(?:x-)?([a-z\d]{1,5})$/.exec(mediaType)?.[1] ?? 'bin'}`;
    return {
      id: toAttachmentId(this.#deps.newId()),
      ownerId,
      name: cleanName(name, instead),
      mediaType,
      kind: kindOf(mediaType),
      size,
      sha256,
      ...readImageSize(head, mediaType),
      createdAt: this.#deps.clock.now(),
    };
  }
}

function uploadedType({ head, size }: StagedFile, { name, mediaType }: Upload): string {
  if (size === 0) throw validationFault([fieldFault('body', attachmentTexts.empty)]);
  const found = findMediaType(head, { name, mediaType });
  if (found === undefined) {
    const text = attachmentTexts.unknownType(takenMediaTypes.join(', '));
    throw new AppError('unsupported_media_type', text, { details: { allowed: takenMediaTypes } });
  }
  if (mediaType !== undefined && contradicts(found, mediaType)) {
    const declared = normalMediaType(mediaType) ?? mediaType;
    throw new AppError('validation_failed', attachmentTexts.notAsDeclared(declared, found), {
      details: { fields: [fieldFault('content-type', attachmentTexts.notAsDeclared(declared, found))] },
    });
  }
  return found;
}

function ownOf(actor: Actor, id: AttachmentId, found: Attachment | undefined): Attachment {
  if (found?.ownerId === actor.userId) return found;
  throw new AppError('not_found', attachmentTexts.notFound(id), { details: { what: 'Attachment', id } });
}

async function* onePiece(data: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield data;
}
