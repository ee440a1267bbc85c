import { ApiError, type Client } from '@multimodel/client';
import type { ChatDto, GenerationSettingsDto, MessageDto, SendMessage, SentMessage } from '@multimodel/contract';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { BranchActions } from './branch-actions.ts';
import { type ConversationState, emptyState, isAnswering, messagePageSize } from './conversation-state.ts';
import type { Drafts, SendAttempt } from './drafts.ts';
import { type AnswerEnd, LiveAnswer, type LiveAnswerDeps } from './live-answer.ts';
import { branchOff, mergeNewest, prependOlder, settleMessage, upsertMessages } from './message-list.ts';

export interface ConversationDeps {
  readonly client: Client;
  readonly drafts: Drafts;
  readonly live: LiveAnswerDeps;
  readonly now: () => number;
  readonly listener: ConversationListener;
}

/** What the rest of the page wants to know. */
export interface ConversationListener {
  chatCreated(conversation: Conversation, chat: ChatDto): void;
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
  readonly #deps: ConversationDeps;
  readonly #lostRuns = new Set<string>();
  #saving: Promise<void> = Promise.resolve();
  /** Where the unsent text is kept: a new chat has no place of its own before its first message has arrived. */
  #draftId: string | undefined;
  #creation: { key: string; chat: Promise<ChatDto> } | undefined;
  /** Grows with every message that this page adds: a list that was asked for before is stale. */
  #revision = 0;

  constructor(deps: ConversationDeps, chatId?: string) {
    this.#deps = deps;
    this.#draftId = chatId;
    this.store = createStore<ConversationState>(() => ({ ...emptyState, chatId, status: chatId ? 'loading' : 'ready' }));
    this.branches = new BranchActions({
      client: deps.client,
      store: this.store,
      failed: (action, error) => deps.listener.failed(action, error),
      adopted: (chat) => this.#setChat(chat),
      changed: () => this.#changed(),
    });
  }

  get isBusy(): boolean {
    const { live, sending, isClearing } = this.store.getState();
    return live.size > 0 || isClearing || (sending !== undefined && sending.error === undefined);
  }

  get draftId(): string | undefined {
    return this.#draftId;
  }

  async load(): Promise<void> {
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
    if (!chatId || status !== 'ready' || isClearing) return;
    const revision = this.#revision;
    try {
      const [chat, page] = await Promise.all([this.#deps.client.chats.get(chatId), this.#newestPage(chatId)]);
      if (revision !== this.#revision || this.store.getState().isClearing) return;
      this.#setChat(chat);
      this.store.setState((state) => mergeNewest(state, { ...page, items: page.items.map((message) => this.#withoutLost(message)) }));
      this.#followAll();
    } catch {
      // What is on the screen is still true; the next refresh will tell.
    }
  }

  async loadOlder(): Promise<void> {
    const { chatId, olderCursor, older } = this.store.getState();
    if (!chatId || !olderCursor || older === 'loading') return;
    this.store.setState({ older: 'loading' });
    try {
      const page = await this.#deps.client.messages.list(chatId, {
        order: 'desc',
        limit: messagePageSize,
        branch: 'current',
        cursor: olderCursor,
      });
      this.store.setState((state) => ({ messages: prependOlder(state.messages, page), olderCursor: page.nextCursor, older: 'idle' }));
    } catch {
      this.store.setState({ older: 'failed' });
    }
  }

  /** True when the server has the message. The same text after a failure goes with the same key. */
  async send(body: SendMessage, { editedId }: { readonly editedId?: string } = {}): Promise<boolean> {
    const state = this.store.getState();
    if (this.isSending || isAnswering(state)) return false;
    const leafId = state.isClearing ? undefined : state.messages.at(-1)?.id;
    const attempt = this.#deps.drafts.attemptFor(this.#draftId, body, leafId);
    this.store.setState({ sending: { attempt, editedId } });
    try {
      await this.commitClear();
      await this.#saving;
      const chat = await this.#ensureChat(attempt);
      const sent = await this.#deps.client.messages.send(chat.id, attempt.body, { idempotencyKey: attempt.key });
      this.#deps.drafts.accepted(this.#draftId, attempt);
      this.#draftId = chat.id;
      this.#accept(chat, sent);
      return true;
    } catch (error) {
      this.store.setState({ sending: { attempt, editedId, error: error ?? new Error('unknown') } });
      return false;
    }
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
    this.store.setState({ settings });
    return this.#save((id) => this.#deps.client.chats.update(id, { settings }));
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

  beginClear(): void {
    void this.stop();
    this.store.setState({ isClearing: true });
  }

  undoClear(): void {
    this.store.setState({ isClearing: false });
  }

  async commitClear(): Promise<void> {
    const { chatId, isClearing } = this.store.getState();
    if (!chatId || !isClearing) return;
    try {
      await this.#deps.client.chats.clear(chatId);
      this.#revision += 1;
      this.close();
      this.store.setState({ messages: [], olderCursor: undefined, isClearing: false });
    } catch (error) {
      this.store.setState({ isClearing: false });
      this.#deps.listener.failed('clear', error);
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
    this.store.setState({ chat, model: chat.model, settings: chat.settings });
    this.#deps.listener.chatChanged(chat);
  }

  async #ensureChat(attempt: SendAttempt): Promise<ChatDto> {
    const { chat, model, settings } = this.store.getState();
    if (chat) return chat;
    if (this.#creation?.key !== attempt.key) {
      const body = { ...(settings && { settings }), ...((model ?? attempt.body.model) ? { model: model ?? attempt.body.model } : {}) };
      this.#creation = { key: attempt.key, chat: this.#deps.client.chats.create(body, { idempotencyKey: `${attempt.key}-chat` }) };
    }
    try {
      const created = await this.#creation.chat;
      this.store.setState({ chat: created, chatId: created.id });
      return created;
    } catch (error) {
      this.#creation = undefined;
      throw error;
    }
  }

  #accept(chat: ChatDto, { userMessage, assistantMessage }: SentMessage): void {
    this.#revision += 1;
    const before = this.store.getState();
    const isNew = before.messages.length === 0;
    const messages = branchOff(before.messages, userMessage.parentId, [userMessage, assistantMessage]);
    this.store.setState({ messages, sending: undefined, editing: undefined });
    this.#follow(assistantMessage, this.#deps.now());
    // Its place among the other versions is known to the server.
    if (before.sending?.editedId !== undefined) void this.refresh();
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
