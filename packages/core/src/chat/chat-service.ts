import type { Actor, Authorized } from '../account/actor.ts';
import { authorizeOwner } from '../account/actor.ts';
import type { AttachmentService, ClaimedFiles } from '../attachment/attachment-service.ts';
import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import type { ModelCatalog } from '../provider/model-catalog.ts';
import type { Run } from '../run/run.ts';
import type { RunService } from '../run/run-service.ts';
import type { Clock } from '../shared/clock.ts';
import { type Idempotency, once } from '../shared/idempotent.ts';
import { type AttachmentId, type ChatId, type MessageId, toChatId, toMessageId, toRunId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Storage, StorageWriter } from '../shared/storage.ts';
import type { Chat, ChatChanges, GenerationSettings } from './chat.ts';
import { titleFrom } from './chat-title.ts';
import { chosenModel } from './chosen-model.ts';
import { assertTakesFiles } from './files-for-model.ts';
import type { BranchMessage, Message, MessageReader } from './message.ts';
import { listBranchPage, messageOf, stillWritten } from './message-tree.ts';
import { newAnswer } from './new-answer.ts';

export interface ChatServiceDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly runs: RunService;
  readonly models: ModelCatalog;
  readonly attachments: Pick<AttachmentService, 'findOwn' | 'claim' | 'forget'>;
  newId(): string;
}

export interface NewChat {
  readonly title?: string | undefined;
  readonly model?: string | undefined;
  readonly settings?: GenerationSettings | undefined;
}

/** `null` clears; an absent member stays. */
export interface ChatPatch {
  readonly title?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly settings?: GenerationSettings | undefined;
  /** Any message: the newest one below it becomes the end of the shown branch. `null` hides all of them until the next message, or until one is named here again. */
  readonly leafId?: MessageId | null | undefined;
}

export interface NewMessage {
  readonly text: string;
  /** Absent: the end of the shown branch. `null`: a new first message. */
  readonly parentId?: MessageId | null | undefined;
  readonly model?: string | undefined;
  readonly settings?: GenerationSettings | undefined;
  /** Uploaded for it, or sent before. */
  readonly attachments?: readonly AttachmentId[] | undefined;
}

export interface SentMessage {
  readonly userMessage: Message;
  readonly assistantMessage: Message;
  readonly run: Run;
}

/** Chats and what is said in them. */
export class ChatService {
  readonly #deps: ChatServiceDeps;

  constructor(deps: ChatServiceDeps) {
    this.#deps = deps;
  }

  async create(actor: Actor, input: NewChat, idempotency?: Idempotency): Promise<Chat> {
    const { storage, clock, newId } = this.#deps;
    if (input.model !== undefined) this.#deps.models.resolve(input.model);
    const defaults = await storage.read.settings.findByUser(actor.userId);
    const { receipt } = await once({
      storage,
      clock,
      actor,
      idempotency,
      work: async (tx) => {
        const now = clock.now();
        const settings = input.settings ?? defaults?.generation ?? {};
        const id = toChatId(newId());
        await tx.chats.insert({
          id,
          ownerId: actor.userId,
          workspaceId: actor.workspaceId,
          title: input.title,
          model: input.model,
          settings,
          createdAt: now,
          updatedAt: now,
        });
        return { chatId: id };
      },
    });
    return this.get(actor, toChatId(receipt.chatId));
  }

  async get(actor: Actor, id: ChatId): Promise<Authorized<Chat>> {
    return authorizeOwner(actor, 'Chat', id, await this.#deps.storage.read.chats.findById(id));
  }

  list(actor: Actor, page: PageRequest): Promise<Page<Chat>> {
    return this.#deps.storage.read.chats.listByOwner(actor.userId, page);
  }

  async update(actor: Actor, id: ChatId, patch: ChatPatch): Promise<Chat> {
    if (typeof patch.model === 'string') this.#deps.models.resolve(patch.model);
    for (;;) {
      if (patch.leafId === null) await this.#stopRuns(actor, await this.get(actor, id));
      const changed = await this.#change(actor, id, patch);
      if (changed) return changed;
    }
  }

  /** Undefined when a run has begun that would go on in a chat that shows nothing. */
  #change(actor: Actor, id: ChatId, patch: ChatPatch): Promise<Chat | undefined> {
    return this.#deps.storage.transact(async (tx) => {
      const chat = authorizeOwner(actor, 'Chat', id, await tx.chats.findById(id));
      if (patch.leafId === null && (await tx.runs.findActiveByChat(id))) return undefined;
      const leafId = patch.leafId ? await leafBelow(tx.messages, chat, patch.leafId) : undefined;
      const changes: ChatChanges = {
        // Renaming is not news: the place in the list stays.
        updatedAt: chat.updatedAt,
        ...(patch.title !== undefined && { title: patch.title ?? undefined }),
        ...(patch.model !== undefined && { model: patch.model ?? undefined }),
        ...(patch.settings !== undefined && { settings: patch.settings }),
        ...(patch.leafId !== undefined && { leafId }),
      };
      await tx.chats.update(id, changes);
      return { ...chat, ...changes };
    });
  }

  /** A running answer is stopped first: nothing of it may be written after the chat is gone. */
  async delete(actor: Actor, id: ChatId): Promise<void> {
    const chat = await this.get(actor, id);
    await this.#stopRuns(actor, chat);
    const contents = await this.#deps.storage.transact(async (tx) => {
      const named = await tx.attachments.listContents(chat.id);
      await tx.chats.delete(chat.id);
      return named;
    });
    await this.#deps.attachments.forget(contents);
  }

  async listMessages(actor: Actor, id: ChatId, page: PageRequest & { readonly order: 'asc' | 'desc' }): Promise<Page<Message>> {
    const chat = await this.get(actor, id);
    return this.#deps.storage.read.messages.listByChat(chat.id, page);
  }

  /** One branch, newest first: the one that ends in `leafId`, or the one that is shown. */
  async listBranch(
    actor: Actor,
    id: ChatId,
    page: PageRequest & { readonly leafId?: MessageId | undefined },
  ): Promise<Page<BranchMessage>> {
    const chat = await this.get(actor, id);
    const leafId = page.cursor === undefined ? (page.leafId ?? chat.leafId) : toMessageId(page.cursor);
    if (leafId === undefined) return { items: [] };
    return listBranchPage(this.#deps.storage.read.messages, chat, { ...page, leafId });
  }

  /** Removes every message; the chat, its title and settings stay. `onlyHidden`: unless the chat shows any by now. */
  async clear(actor: Actor, id: ChatId, { onlyHidden = false }: { readonly onlyHidden?: boolean | undefined } = {}): Promise<void> {
    const chat = await this.get(actor, id);
    if (onlyHidden && chat.leafId !== undefined) return;
    await this.#stopRuns(actor, chat);
    const contents = await this.#deps.storage.transact(async (tx) => {
      if (onlyHidden && (await tx.chats.findById(id))?.leafId !== undefined) return [];
      return deleteMessages(tx, chat.id);
    });
    await this.#deps.attachments.forget(contents);
  }

  /** Question, empty answer and run in one transaction; the answer comes through the run's events. */
  async send(actor: Actor, id: ChatId, input: NewMessage, idempotency?: Idempotency): Promise<SentMessage> {
    const { storage, clock, runs, models, attachments } = this.#deps;
    runs.assertOpen();
    const chat = await this.get(actor, id);
    const model = await chosenModel(this.#deps, actor, chat, input.model);
    const { attachments: ids = [] } = input;
    if (ids.length > 0) await assertTakesFiles(models, actor, model, await attachments.findOwn(actor, ids));
    const made: { sent?: SentMessage; freed?: readonly string[] } = {};
    const { receipt, isReplay } = await once({
      storage,
      clock,
      actor,
      idempotency,
      work: async (tx) => {
        const current = authorizeOwner(actor, 'Chat', id, await tx.chats.findById(id));
        const files = await attachments.claim(tx, actor, ids);
        const { freed, ...sent } = await this.#insert(tx, current, { ...input, model, files });
        made.sent = sent;
        made.freed = freed;
        return { userMessageId: sent.userMessage.id, assistantMessageId: sent.assistantMessage.id, runId: sent.run.id };
      },
    });
    if (isReplay || !made.sent)
      return this.#load(toMessageId(receipt.userMessageId), toMessageId(receipt.assistantMessageId), receipt.runId);
    // Nothing may fail between the commit and this: a stored run that nobody drives would block its chat.
    runs.launch(made.sent.run, { leaf: made.sent.userMessage.id });
    await attachments.forget(made.freed ?? []);
    return made.sent;
  }

  /** `chat` as the transaction sees it: a leaf or a title of before may be out of date. `freed`: contents that messages named which are gone. */
  async #insert(tx: StorageWriter, chat: Chat, input: ReadyMessage): Promise<SentMessage & { readonly freed: readonly string[] }> {
    const sent = this.#compose(chat, input, await parentOf(tx.messages, chat, input.parentId));
    // What was hidden to be cleared is not to come back as a branch beside a new beginning.
    const isNewBeginning = chat.leafId === undefined && sent.userMessage.parentId === undefined;
    const freed = isNewBeginning ? await deleteMessages(tx, chat.id) : [];
    await tx.messages.insert(sent.userMessage);
    await input.files.attachTo(sent.userMessage.id);
    await tx.messages.insert(sent.assistantMessage);
    await tx.runs.insert(sent.run);
    const { id: leafId, createdAt: updatedAt } = sent.assistantMessage;
    const title = chat.title === undefined && {
      title: titleFrom(input.text.trim() === '' ? (input.files.facts[0]?.name ?? '') : input.text),
    };
    await tx.chats.update(chat.id, { leafId, updatedAt, ...title, ...(chat.model === undefined && { model: input.model }) });
    return { ...sent, freed };
  }

  #compose(chat: Chat, { text, model, settings, files }: ReadyMessage, parentId: MessageId | undefined): SentMessage {
    const { clock, newId } = this.#deps;
    const id = toMessageId(newId());
    const attachments = files.facts.length > 0 && { attachments: files.facts };
    const place = { id, chatId: chat.id, parentId, createdAt: clock.now() };
    const userMessage: Message = { ...place, role: 'user', text, ...attachments, state: 'completed' };
    return { userMessage, ...newAnswer(this.#deps, id, { chat, model, settings }) };
  }

  async #load(userMessageId: MessageId, assistantMessageId: MessageId, runId: string): Promise<SentMessage> {
    const { messages, runs } = this.#deps.storage.read;
    const [userMessage, assistantMessage, run] = await Promise.all([
      messages.findById(userMessageId),
      messages.findById(assistantMessageId),
      runs.findById(toRunId(runId)),
    ]);
    if (!userMessage || !assistantMessage || !run) throw new AppError('not_found', faultTexts.keyOfDeleted);
    return { userMessage, assistantMessage, run };
  }

  async #stopRuns(actor: Actor, chat: Chat): Promise<void> {
    for (;;) {
      const run = await this.#deps.storage.read.runs.findActiveByChat(chat.id);
      if (!run) return;
      const stopped = await this.#deps.runs.stopAndWait(actor, run.id);
      // Nobody drives it any more (its process is gone): the delete takes it along.
      if (stopped.finishedAt === undefined) return;
    }
  }
}

interface ReadyMessage extends NewMessage {
  readonly model: string;
  readonly files: ClaimedFiles;
}

/** Answers with the contents that they named. */
async function deleteMessages(tx: StorageWriter, id: ChatId): Promise<readonly string[]> {
  const contents = await tx.attachments.listContents(id);
  await tx.messages.deleteByChat(id);
  return contents;
}

/** One answer at a time on a branch: a question to an unfinished answer would lack its context. */
async function parentOf(messages: MessageReader, chat: Chat, wanted: NewMessage['parentId']): Promise<MessageId | undefined> {
  const id = wanted === undefined ? chat.leafId : (wanted ?? undefined);
  if (id === undefined) return undefined;
  const parent = await messageOf(messages, chat, id, 'parentId');
  if (parent.state === 'streaming') throw stillWritten(parent);
  return parent.id;
}

async function leafBelow(messages: MessageReader, chat: Chat, id: MessageId): Promise<MessageId> {
  const { id: found } = await messageOf(messages, chat, id, 'leafId');
  return (await messages.findNewestBelow(found)) ?? found;
}
