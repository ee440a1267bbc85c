import { ApiError, type Client } from '@multimodel/client';
import type {
  Answering,
  AttachmentDto,
  ChatDto,
  ContextForecastDto,
  MessageDto,
  RunEventDto,
  SendMessage,
  SentMessage,
} from '@multimodel/contract';
import { FakeFiles } from './fake-files.ts';
import { FakeProviders } from './fake-providers.ts';

type Body = RunEventDto extends infer Event ? (Event extends RunEventDto ? Omit<Event, 'seq'> : never) : never;

/** One run whose events the test sends by hand. */
export class FakeRun {
  readonly events: RunEventDto[] = [];
  isOver = false;
  #wake: () => void = () => undefined;

  emit(...bodies: readonly Body[]): void {
    for (const body of bodies) this.events.push({ ...body, seq: this.events.length + 1 });
    this.#wake();
  }

  /** 204: nothing more to tell. */
  end(): void {
    this.isOver = true;
    this.#wake();
  }

  async *watch(signal: AbortSignal | undefined): AsyncGenerator<RunEventDto> {
    for (let at = 0; ; at += 1) {
      while (at >= this.events.length && !this.isOver) await this.#next(signal);
      const event = this.events[at];
      if (!event) return;
      yield event;
      if (event.type === 'finish') return;
    }
  }

  async #next(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#wake = resolve;
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    await promise;
  }
}

export const notFound = () => new ApiError({ status: 404, code: 'not_found' });

/** The API in memory, as far as stores need it. `failNext` makes the next call of a method fail. */
export class FakeServer {
  readonly chats = new Map<string, ChatDto>();
  readonly messages = new Map<string, MessageDto[]>();
  readonly runs = new Map<string, FakeRun>();
  readonly calls: string[] = [];
  readonly providers = new FakeProviders();
  readonly files = new FakeFiles();
  forecast: ContextForecastDto = {
    model: 'a/b',
    inputTokens: 8,
    messages: 0,
    leftOut: 0,
    isCut: false,
    isEstimated: true,
    rule: { charactersPerToken: 2.5, tokensPerMessage: 8 },
    cuts: [],
  };
  readonly #failures = new Map<string, unknown>();
  readonly #sent = new Map<string, SentMessage>();
  readonly #created = new Map<string, ChatDto>();
  readonly #made = new Map<string, Answering>();
  readonly #leaves = new Map<string, string>();
  #lastId = 0;

  readonly client: Client = {
    chats: {
      list: async () => ({ items: [...this.chats.values()] }),
      create: async ({ settings = {}, ...chat } = {}, { idempotencyKey = '' } = {}) =>
        this.#act('create', () => {
          const known = this.#created.get(idempotencyKey);
          const made = known ?? this.addChat({ ...chat, settings });
          if (idempotencyKey) this.#created.set(idempotencyKey, made);
          return made;
        }),
      get: async (id) => this.#act('get', () => this.#chat(id)),
      update: async (id, changes) =>
        this.#act(`update ${JSON.stringify(changes)}`, () => {
          const { title, model, settings, leafId } = changes;
          if (leafId) this.#leaves.set(id, this.#newestBelow(id, leafId));
          if (leafId === null) this.#leaves.delete(id);
          const chat = this.#chat(id);
          const next = { ...chat, title: title ?? chat.title, model: model ?? chat.model, settings: settings ?? chat.settings };
          this.chats.set(id, next);
          return next;
        }),
      delete: async (id) => this.#act('delete', () => void this.chats.delete(id)),
      clear: async (id, { onlyHidden } = {}) =>
        this.#act('clear', () => {
          if (onlyHidden && this.#leaves.has(id)) return;
          this.messages.set(id, []);
          this.#leaves.delete(id);
        }),
      forecast: async (id, message) => this.#act(`forecast ${id} ${JSON.stringify(message)}`, () => this.forecast),
      forecastNew: async (message) => this.#act(`forecastNew ${JSON.stringify(message)}`, () => this.forecast),
    },
    messages: {
      list: async (chatId, { cursor = '0', limit = 50 } = {}) =>
        this.#act('list', () => {
          this.#chat(chatId);
          const all = this.#branch(chatId);
          const end = Number(cursor) + limit;
          return { items: all.slice(Number(cursor), end), ...(end < all.length ? { nextCursor: String(end) } : {}) };
        }),
      send: async (chatId, message, { idempotencyKey = '' } = {}) =>
        this.#act(`send ${idempotencyKey}`, () => this.#send(chatId, message, idempotencyKey)),
      regenerate: async (chatId, messageId, { model } = {}, { idempotencyKey = '' } = {}) =>
        this.#act(`regenerate ${model ?? ''}`, () => {
          const parentId = this.#message(chatId, messageId).parentId;
          return this.#once(idempotencyKey, () =>
            this.#answer(this.addMessage(chatId, { role: 'assistant', state: 'streaming', parentId })),
          );
        }),
      continue: async (chatId, messageId, _how, { idempotencyKey = '' } = {}) =>
        this.#act('continue', () => this.#once(idempotencyKey, () => this.#answer(this.#message(chatId, messageId)))),
    },
    attachments: this.files.client,
    runs: {
      get: () => Promise.reject(notFound()),
      stop: async (id) => this.#act('stop', () => this.runs.get(id)?.emit({ type: 'finish', state: 'stopped' })),
      watch: (id, { signal } = {}) => this.run(id).watch(signal),
    },
    models: { list: async () => ({ items: [] }) },
    providers: this.providers.client,
    settings: {
      get: async () => ({ theme: 'system', generation: {}, sendOnEnter: true }),
      update: async () => ({ theme: 'system', generation: {}, sendOnEnter: true }),
    },
  };

  /** The answer is lost when `isLate`: the server has done it all the same. */
  failNext(call: string, error: unknown, { isLate = false } = {}): void {
    this.#failures.set(call, { error, isLate });
  }

  addChat(chat: Partial<ChatDto> = {}): ChatDto {
    const added: ChatDto = { id: this.#id('chat'), settings: {}, createdAt: 1, updatedAt: 1, ...chat };
    this.chats.set(added.id, added);
    this.messages.set(added.id, []);
    return added;
  }

  addMessages(chatId: string, count: number): void {
    for (let index = 0; index < count; index += 1) this.addMessage(chatId, { text: `message ${index}` });
  }

  addMessage(chatId: string, message: Partial<MessageDto>): MessageDto {
    const place = { id: this.#id('message'), chatId, parentId: this.#leaves.get(chatId), createdAt: 1 };
    const added: MessageDto = { ...place, role: 'user', text: '', state: 'completed', ...message };
    this.messages.get(chatId)?.push(added);
    this.#leaves.set(chatId, added.id);
    return added;
  }

  run(id: string): FakeRun {
    const run = this.runs.get(id) ?? new FakeRun();
    this.runs.set(id, run);
    return run;
  }

  #message(chatId: string, id: string): MessageDto {
    const message = this.messages.get(chatId)?.find((candidate) => candidate.id === id);
    if (!message) throw notFound();
    return message;
  }

  /** Newest first. */
  #branch(chatId: string): MessageDto[] {
    const all = this.messages.get(chatId) ?? [];
    const path: MessageDto[] = [];
    let id = all.length > 0 ? this.#leaves.get(chatId) : undefined;
    while (id !== undefined) {
      const message = this.#message(chatId, id);
      const ids = all.filter(({ parentId }) => parentId === message.parentId).map((sibling) => sibling.id);
      const index = ids.indexOf(id);
      path.push({ ...message, siblings: { index, count: ids.length, previousId: ids[index - 1], nextId: ids[index + 1] } });
      id = message.parentId;
    }
    return path;
  }

  #newestBelow(chatId: string, id: string): string {
    const child = this.messages.get(chatId)?.findLast(({ parentId }) => parentId === id);
    return child ? this.#newestBelow(chatId, child.id) : id;
  }

  #once(key: string, make: () => Answering): Answering {
    const made = this.#made.get(key) ?? make();
    this.#made.set(key, made);
    return made;
  }

  #answer(message: MessageDto): Answering {
    const runId = this.#id('run');
    const assistantMessage = Object.assign(message, { state: 'streaming', runId });
    const run = { id: runId, chatId: message.chatId, messageId: message.id, state: 'queued', model: 'a/b', createdAt: 1 } as const;
    return { assistantMessage: { ...assistantMessage }, run };
  }

  #send(chatId: string, { text, parentId, attachments: ids }: SendMessage, key: string): SentMessage {
    const known = this.#sent.get(key);
    if (known) return known;
    const below = parentId === undefined ? this.#leaves.get(chatId) : (parentId ?? undefined);
    if (below && this.#message(chatId, below).state === 'streaming') throw new ApiError({ status: 409, code: 'conflict' });
    const attachments: AttachmentDto[] | undefined = ids?.map((id) => this.files.take(id));
    const userMessage = this.addMessage(chatId, {
      text,
      attachments,
      ...(parentId === undefined ? {} : { parentId: parentId ?? undefined }),
    });
    const runId = this.#id('run');
    const assistantMessage = this.addMessage(chatId, { role: 'assistant', state: 'streaming', runId, parentId: userMessage.id });
    const run = { id: runId, chatId, messageId: assistantMessage.id, state: 'queued', model: 'a/b', createdAt: 1 } as const;
    const sent = { userMessage, assistantMessage, run };
    this.#sent.set(key, sent);
    return sent;
  }

  #chat(id: string): ChatDto {
    const chat = this.chats.get(id);
    if (!chat) throw notFound();
    return chat;
  }

  #act<Result>(call: string, act: () => Result): Result {
    this.calls.push(call);
    const name = call.split(' ')[0] ?? call;
    const failure = this.#failures.get(name);
    this.#failures.delete(name);
    if (!isFailure(failure)) return act();
    if (failure.isLate) act();
    throw failure.error;
  }

  #id(kind: string): string {
    this.#lastId += 1;
    return `${kind}-${this.#lastId}`;
  }
}

function isFailure(value: unknown): value is { error: unknown; isLate: boolean } {
  return typeof value === 'object' && value !== null && 'isLate' in value;
}

/** Storage of the browser, in memory. */
export function memoryStorage(initial: Record<string, string> = {}) {
  const values = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
    key: (index: number) => [...values.keys()][index] ?? null,
    get length() {
      return values.size;
    },
  };
}
