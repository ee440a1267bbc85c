import { ApiError, type Client } from '@multimodel/client';
import type { ChatDto, GenerationSettingsDto, MessageDto, SendMessage, SentMessage } from '@multimodel/contract';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { BranchActions } from './branch-actions.ts';
import { ChatCreation } from './chat-creation.ts';
import { type ConversationState, emptyState, isAnswering, messagePageSize, type SendHow } from './conversation-state.ts';
import type { Drafts, SendAttempt } from './drafts.ts';
import type { FileTray } from './file-tray.ts';
import { type AnswerEnd, LiveAnswer, type LiveAnswerDeps } from './live-answer.ts';
import type { MessageFiles } from './message-files.ts';
import { branchOff, mergeNewest, prependOlder, settleMessage, upsertMessages } from './message-list.ts';
import { olderPages } from './older-pages.ts';
import { isLocalChatId, localChatId, type Outbox, type OutboxEntry } from './outbox.ts';
import { isAwayError } from './outbox-sender.ts';
import { SettingsSaver } from './settings-saver.ts';
import { withFiles } from './unsent-file.ts';

export interface ConversationDeps {
  readonly client: Client;
  readonly drafts: Drafts;
  readonly outbox: Outbox;
  readonly files: MessageFiles;
  /** The server cannot be reached at the moment. */
  readonly isAway: () => boolean;
  readonly live: LiveAnswerDeps;
  readonly now: () => number;
  readonly listener: ConversationListener;
}

/** What the rest of the page wants to know. */
export interface ConversationListener {
  chatCreated(conversation: Conversation, chat: ChatDto): void;
  /** A message waits for the server; `chatId` may be a name that only this browser knows. */
  queued(conversation: Conversation, chatId: string): void;
  chatChanged(chat: ChatDto): void;
  answerEnded(message: MessageDto): void;
  failed(action: 'save' | 'clear' | 'stop' | 'answer', error: unknown): void;
}

let lastKey = 0;

/** One chat as this page knows it: its messages, the answers being written and the message being sent. Knows nothing of React. */
export class Conversation {
  /** Stays the same when a new chat gets its id. */
  readonly key = ++lastKey;
  readonly store: StoreApi<ConversationState>;
  readonly branches: BranchActions;
  readonly settings: SettingsSaver;
  /** Files of the message in the making. */
  readonly tray: FileTray;
  readonly #creation: ChatCreation;
  readonly #deps: ConversationDeps;
  readonly #lostRuns = new Set<string>();
  #saving: Promise<void> = Promise.resolve();
  /** Where the unsent text is kept: a new chat has no place of its own before its first message has arrived. */
  #draftId: string | undefined;
  #loading: Promise<void> | undefined;
  #clearing: Promise<string | undefined> | undefined;
  /** Grows with every message that this page adds: a list that was asked for before is stale. */
  #revision = 0;

  /** `id`: of the server, or of a chat that waits in the outbox; absent for a chat that is not begun. */
  constructor(deps: ConversationDeps, id?: string) {
    this.#deps = deps;
    this.#draftId = id;
    this.tray = deps.files.draftTray(() => this.#draftId);
    const [chatId, localId] = id !== undefined && isLocalChatId(id) ? [undefined, id] : [id, undefined];
    this.store = createStore<ConversationState>(() => ({ ...emptyState, chatId, localId, status: chatId ? 'loading' : 'ready' }));
    this.branches = new BranchActions({
      client: deps.client,
      store: this.store,
      failed: (action, error) => deps.listener.failed(action, error),
      adopted: (chat) => this.#setChat(chat),
      changed: () => this.#changed(),
    });
    this.settings = new SettingsSaver({ client: deps.client, store: this.store, saved: (chat) => this.#settingsSaved(chat) });
    const created = (taken: GenerationSettingsDto | undefined) => this.settings.created(taken);
    this.#creation = new ChatCreation({ client: deps.client, outbox: deps.outbox, store: this.store, created });
  }

  get isBusy(): boolean {
    const { live, isClearing } = this.store.getState();
    return live.size > 0 || isClearing || this.isSending || this.waiting.length > 0;
  }

  /** What waits in the outbox for this chat, oldest first. */
  get waiting(): readonly OutboxEntry[] {
    const { chatId, localId } = this.store.getState();
    const id = chatId ?? localId;
    return id === undefined ? [] : this.#deps.outbox.of(id);
  }

  get draftId(): string | undefined {
    return this.#draftId;
  }

  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #load(): Promise<void> {
    const { chatId } = this.store.getState();
    if (!chatId) return;
    this.store.setState({ status: 'loading', loadError: undefined });
    try {
      const [chat, page] = await Promise.all([this.#deps.client.chats.get(chatId), this.#newestPage(chatId)]);
      this.#setChat(chat);
      this.store.setState({ status: 'ready', ...mergeNewest({ messages: [], olderCursor: undefined }, page) });
      this.#followAll();
    } catch (loadError) {
      const isMissing = loadError instanceof ApiError && (loadError.status === 404 || loadError.code === 'validation_failed');
      this.store.setState({ status: isMissing ? 'missing' : 'failed', loadError });
    }
  }

  /** Reads the newest messages and the chat again, quietly: another tab or device may have written. */
  async refresh(): Promise<void> {
    const { chatId, status, isClearing } = this.store.getState();
    if (status === 'failed') return this.load();
    if (!chatId || status !== 'ready' || isClearing) return;
    const revision = this.#revision;
    void this.settings.retry();
    try {
      const [chat, page] = await Promise.all([this.#deps.client.chats.get(chatId), this.#newestPage(chatId)]);
      if (revision !== this.#revision || this.store.getState().isClearing) return;
      this.#setChat(chat);
      this.store.setState((state) => mergeNewest(state, { ...page, items: page.items.map((message) => this.#withoutLost(message)) }));
      this.#followAll();
    } catch (error) {
      // Deleted elsewhere. After any other failure what is on the screen is still true; the next refresh will tell.
      if (error instanceof ApiError && error.status === 404) this.store.setState({ status: 'missing', loadError: error });
    }
  }

  /** `until`: as many pages as it takes to come to this message; they appear together. */
  async loadOlder(until?: string): Promise<void> {
    const { chatId, olderCursor, older } = this.store.getState();
    if (!chatId || !olderCursor || older === 'loading') return;
    this.store.setState({ older: 'loading' });
    try {
      const page = await olderPages(this.#deps.client, { chatId, cursor: olderCursor, until });
      this.store.setState((state) => ({ messages: prependOlder(state.messages, page), olderCursor: page.nextCursor, older: 'idle' }));
    } catch {
      this.store.setState({ older: 'failed' });
    }
  }

  /** True when the server or the outbox has the message. The same text after a failure goes with the same key. */
  async send(asked: SendMessage, { editedId, files = [] }: SendHow = {}): Promise<boolean> {
    if (this.isSending) return false;
    const body = withFiles(asked, files);
    const isWaiting = this.waiting.length > 0 || this.#deps.isAway() || files.some(({ attachment }) => !attachment);
    if (isWaiting) return this.#enqueue(this.#attempt(body), { editedId, files });
    if (isAnswering(this.store.getState())) return false;
    const attempt = this.#attempt(body);
    this.store.setState({ sending: { attempt, editedId, files } });
    try {
      await this.#clearing;
      await this.#saving;
      await this.settings.settle();
      const chat = await this.#creation.ensure(attempt.key, this.#creation.bodyFor(attempt));
      const sent = await this.#deps.client.messages.send(chat.id, attempt.body, { idempotencyKey: attempt.key });
      this.#deps.drafts.accepted(this.#draftId, attempt);
      this.#draftId = chat.id;
      if (editedId !== undefined) this.store.setState({ editing: undefined });
      this.#accept(chat, sent, editedId);
      return true;
    } catch (error) {
      if (isAwayError(error)) return this.#enqueue(attempt, { editedId, files });
      this.store.setState({ sending: { attempt, editedId, files, error: error ?? new Error('unknown') } });
      return false;
    }
  }

  #attempt(body: SendMessage): SendAttempt {
    const { isClearing, messages } = this.store.getState();
    // Behind others that wait it comes below whatever they lead to.
    const isOpenEnded = isClearing || this.waiting.length > 0;
    return this.#deps.drafts.attemptFor(this.#draftId, body, isOpenEnded ? undefined : messages.at(-1)?.id);
  }

  /** Sends a message of the outbox; false when an answer has to end first. */
  async deliver(entry: OutboxEntry): Promise<boolean> {
    if (this.store.getState().status === 'failed') await this.load();
    await this.#loading;
    const { status, loadError, isClearing } = this.store.getState();
    if (status !== 'ready') throw loadError;
    if (this.isSending || isClearing || isAnswering(this.store.getState())) return false;
    try {
      await this.settings.settle();
      const chat = await this.#creation.ensure(entry.chatId, entry.newChat ?? {});
      const body = await this.#deps.files.complete(entry);
      const sent = await this.#deps.client.messages.send(chat.id, body, { idempotencyKey: entry.key });
      this.#deps.outbox.remove(entry.key);
      this.#deps.files.forget(entry.files);
      this.#deps.drafts.move(this.#draftId, chat.id);
      this.#draftId = chat.id;
      this.#accept(chat, sent, entry.editedId);
      return true;
    } catch (error) {
      // Somebody else is being answered there: that answer is followed, and its end is heard of.
      if (error instanceof ApiError && error.code === 'conflict') await this.refresh();
      if (isAnswering(this.store.getState())) return false;
      throw error;
    }
  }

  /** Takes a waiting message back. */
  takeBack(key: string): OutboxEntry | undefined {
    const entry = this.#deps.outbox.find(key);
    if (entry?.isSending) return undefined;
    this.#deps.outbox.remove(key);
    return entry;
  }

  get isSending(): boolean {
    const { sending } = this.store.getState();
    return sending !== undefined && sending.error === undefined;
  }

  forgetSendError(): void {
    if (!this.isSending) this.store.setState({ sending: undefined });
  }

  async stop(): Promise<void> {
    const { messages, live } = this.store.getState();
    const running = messages.flatMap(({ id }) => live.get(id) ?? []);
    await Promise.all(running.map((answer) => answer.stop())).catch((error: unknown) => this.#deps.listener.failed('stop', error));
  }

  setModel(model: string): Promise<void> {
    this.store.setState({ model });
    return this.#save((id) => this.#deps.client.chats.update(id, { model }));
  }

  setSettings(settings: GenerationSettingsDto): Promise<void> {
    return this.settings.change(settings);
  }

  rename(title: string): Promise<void> {
    const { chat } = this.store.getState();
    if (chat) this.store.setState({ chat: { ...chat, title } });
    return this.#save((id) => this.#deps.client.chats.update(id, { title }));
  }

  /** Another part of the page changed the chat. */
  adoptChat(chat: ChatDto): void {
    const { chat: current } = this.store.getState();
    if (current) this.store.setState({ chat: { ...current, title: chat.title } });
  }

  /** Empties the chat; what it showed can be brought back by the id that this answers with. */
  clear(): Promise<string | undefined> {
    this.#clearing ??= this.#clear().finally(() => (this.#clearing = undefined));
    return this.#clearing;
  }

  async #clear(): Promise<string | undefined> {
    const { chatId, messages } = this.store.getState();
    const leafId = messages.at(-1)?.id;
    if (!chatId || !leafId) return undefined;
    this.store.setState({ isClearing: true });
    try {
      const chat = await this.#deps.client.chats.update(chatId, { leafId: null });
      this.#revision += 1;
      this.close();
      this.store.setState({ messages: [], olderCursor: undefined, editing: undefined });
      this.#setChat(chat);
      return leafId;
    } catch (error) {
      this.#deps.listener.failed('clear', error);
      return undefined;
    } finally {
      this.store.setState({ isClearing: false });
    }
  }

  /** Stops watching; runs go on at the server. */
  close(): void {
    for (const answer of this.store.getState().live.values()) answer.close();
    this.store.setState({ live: new Map() });
  }

  #newestPage(chatId: string) {
    return this.#deps.client.messages.list(chatId, { order: 'desc', limit: messagePageSize, branch: 'current' });
  }

  #setChat(chat: ChatDto): void {
    this.store.setState({ chat, model: chat.model });
    this.settings.adopt(chat.settings);
    this.#deps.listener.chatChanged(chat);
  }

  /** Only that: the model may be on its way there as well. */
  #settingsSaved(written: ChatDto): void {
    this.store.setState(({ chat }) => ({ chat: chat && { ...chat, settings: written.settings } }));
    this.#deps.listener.chatChanged(written);
  }

  #enqueue(attempt: SendAttempt, { editedId, files = [] }: SendHow): boolean {
    const { chatId, localId = localChatId(attempt.key) } = this.store.getState();
    const { drafts, outbox, listener } = this.#deps;
    const id = chatId ?? localId;
    // A question is replaced by one other: the last.
    if (editedId !== undefined) for (const entry of this.waiting) if (entry.editedId === editedId) this.takeBack(entry.key);
    const newChat = chatId ? undefined : this.#creation.bodyFor(attempt);
    outbox.add({ key: attempt.key, chatId: id, body: attempt.body, newChat, editedId, ...(files.length > 0 && { files }) });
    drafts.accepted(this.#draftId, attempt);
    this.#draftId = id;
    this.store.setState((state) => ({
      sending: undefined,
      localId: chatId ? undefined : localId,
      editing: editedId === undefined ? state.editing : undefined,
    }));
    listener.queued(this, id);
    return true;
  }

  #accept(chat: ChatDto, { userMessage, assistantMessage }: SentMessage, editedId: string | undefined): void {
    this.#revision += 1;
    const before = this.store.getState();
    const isNew = before.messages.length === 0;
    const messages = branchOff(before.messages, userMessage.parentId, [userMessage, assistantMessage]);
    this.store.setState({ messages, sending: undefined });
    this.#follow(assistantMessage, this.#deps.now());
    // Its place among the other versions is known to the server.
    if (editedId !== undefined) void this.refresh();
    if (!isNew) return;
    this.#deps.listener.chatCreated(this, chat);
    void this.#refreshChat(chat.id);
  }

  /** The server names a chat after its first message. */
  async #refreshChat(chatId: string): Promise<void> {
    const chat = await this.#deps.client.chats.get(chatId).catch(() => undefined);
    if (chat) this.#setChat(chat);
  }

  /** The branch on the screen is another one now, or ends in an answer that has just begun. */
  #changed(): void {
    this.#revision += 1;
    this.#followAll();
    void this.refresh();
  }

  #followAll(): void {
    for (const message of this.store.getState().messages) this.#follow(message, Math.min(message.createdAt, this.#deps.now()));
  }

  #follow(message: MessageDto, startedAt: number): void {
    const { runId } = message;
    if (message.state !== 'streaming' || !runId || this.store.getState().live.has(message.id)) return;
    const answer = new LiveAnswer(this.#deps.live, { runId, startedAt });
    this.store.setState((state) => ({ live: new Map(state.live).set(message.id, answer) }));
    void answer.follow().then((end) => end && this.#settle(message, answer, end));
  }

  async #settle(message: MessageDto, answer: LiveAnswer, end: AnswerEnd): Promise<void> {
    if (end.kind === 'lost') {
      this.#lostRuns.add(answer.runId);
      await this.refresh();
    }
    const { live, messages } = this.store.getState();
    if (live.get(message.id) !== answer) return;
    const rest = new Map(live);
    rest.delete(message.id);
    const shown = messages.find(({ id }) => id === message.id);
    const stored = shown ?? message;
    const settled = end.kind === 'ended' ? settleMessage(stored, end.view) : this.#withoutLost(stored);
    this.store.setState({ live: rest, messages: shown ? upsertMessages(messages, [settled]) : messages });
    this.#deps.listener.answerEnded(settled);
    if (end.kind === 'ended') await this.refresh();
  }

  /** A run that the server does not know any more will never end by itself. */
  #withoutLost(message: MessageDto): MessageDto {
    return message.state === 'streaming' && message.runId && this.#lostRuns.has(message.runId)
      ? { ...message, state: 'interrupted' }
      : message;
  }

  /** One after the other, so that the last choice wins at the server too. */
  #save(write: (chatId: string) => Promise<ChatDto>): Promise<void> {
    const { chat } = this.store.getState();
    if (!chat) return Promise.resolve();
    this.#saving = this.#saving.then(async () => {
      try {
        this.#deps.listener.chatChanged(await write(chat.id));
      } catch (error) {
        this.#deps.listener.failed('save', error);
      }
    });
    return this.#saving;
  }
}
