import type { CreateChat, Problem, SendMessage } from '@multimodel/contract';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StorageArea } from './storage-area.ts';
import type { UnsentFile } from './unsent-file.ts';

/** Why the server would not take a message. */
export interface Refusal extends Pick<Problem, 'code' | 'detail'> {
  readonly requestId?: string | undefined;
  /** A file that this browser has not kept. */
  readonly lostFile?: string | undefined;
}

/** A message that waits for the server. It goes with the same key and body however often it is tried. */
export interface OutboxEntry {
  /** The idempotency key. */
  readonly key: string;
  /** Of a chat that does not exist yet: a name that only this browser knows. */
  readonly chatId: string;
  /** What a chat that does not exist yet is made with. */
  readonly newChat?: CreateChat | undefined;
  /** What the server does not have of `files` stands here by its key. */
  readonly body: SendMessage;
  readonly files?: readonly UnsentFile[] | undefined;
  /** The question that this one replaces. */
  readonly editedId?: string | undefined;
  /** Order within a chat. */
  readonly createdAt: number;
  /** A tab is sending it at this moment. */
  readonly isSending?: boolean | undefined;
  readonly refusal?: Refusal | undefined;
  /** The browser would not store it: it lasts as long as this tab. */
  readonly isUnkept?: boolean | undefined;
}

export interface OutboxDeps {
  readonly area: StorageArea;
  readonly now: () => number;
}

const prefix = 'mmc.outbox.';
const createdKey = 'mmc.outbox-chats';
const mostCreated = 50;
const localPrefix = 'local-';

/** The name of a chat that does not exist yet, from the key of its first message. */
export const localChatId = (key: string): string => localPrefix + key;
export const isLocalChatId = (chatId: string): boolean => chatId.startsWith(localPrefix);
/** With the same key a chat is made once, by whatever way its first message goes. */
export const creationKey = (firstKey: string): string => `${firstKey.replace(localPrefix, '')}-chat`;

/** Messages written without a connection, kept in the browser and seen by all its tabs. One place per message, so that tabs never overwrite each other. */
export class Outbox {
  readonly store: StoreApi<{ readonly entries: readonly OutboxEntry[] }>;
  readonly #deps: OutboxDeps;
  /** Those that the browser would not store. */
  readonly #unkept = new Map<string, OutboxEntry>();

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
    this.store = createStore(() => ({ entries: this.#readAll() }));
  }

  add(entry: Pick<OutboxEntry, 'key' | 'chatId' | 'newChat' | 'body' | 'files' | 'editedId'>): OutboxEntry {
    const last = this.of(entry.chatId).at(-1)?.createdAt ?? 0;
    const added = { ...entry, createdAt: Math.max(this.#deps.now(), last + 1) };
    this.#write(added);
    this.reread();
    return added;
  }

  /** Oldest first. */
  of(chatId: string): readonly OutboxEntry[] {
    return this.store.getState().entries.filter((entry) => entry.chatId === chatId);
  }

  find(key: string): OutboxEntry | undefined {
    return this.store.getState().entries.find((entry) => entry.key === key);
  }

  /** Does nothing when another tab took it away meanwhile. */
  change(key: string, changes: Partial<Pick<OutboxEntry, 'isSending' | 'refusal' | 'files'>>): void {
    this.reread();
    const entry = this.find(key);
    if (!entry) return;
    this.#write({ ...entry, ...changes });
    this.reread();
  }

  remove(key: string): void {
    this.#unkept.delete(key);
    this.#deps.area.remove(prefix + key);
    this.reread();
  }

  /** Another tab wrote. */
  reread(): void {
    const entries = this.#readAll();
    if (JSON.stringify(entries) !== JSON.stringify(this.store.getState().entries)) this.store.setState({ entries });
  }

  /** What a chat that was begun without a connection is called at the server. */
  createdId(localId: string): string | undefined {
    return this.#created().find(([local]) => local === localId)?.[1];
  }

  /** The chat exists now: what waits for it goes by its real name. */
  rename(localId: string, chatId: string): void {
    const created = [[localId, chatId], ...this.#created().filter(([local]) => local !== localId)];
    this.#deps.area.write(createdKey, created.slice(0, mostCreated));
    for (const entry of this.of(localId)) this.#write({ ...entry, chatId, newChat: undefined });
    this.reread();
  }

  #created(): readonly (readonly [string, string])[] {
    const value = this.#deps.area.read(createdKey);
    return Array.isArray(value) ? value.filter(isPair) : [];
  }

  #write(entry: OutboxEntry): void {
    const isKept = this.#deps.area.write(prefix + entry.key, entry);
    if (isKept) this.#unkept.delete(entry.key);
    else this.#unkept.set(entry.key, { ...entry, isUnkept: true });
  }

  #readAll(): readonly OutboxEntry[] {
    const { area } = this.#deps;
    const kept = area.keys(prefix).map((key) => area.read(key));
    const byKey = new Map([...kept.filter(isEntry).map((entry) => [entry.key, entry] as const), ...this.#unkept]);
    return [...byKey.values()].sort((a, b) => a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1));
  }
}

/** Storage events of these keys concern the outbox; a cleared storage has no key. */
export const isOutboxKey = (key: string | null): boolean => key === null || key.startsWith(prefix);

function isEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry: Partial<Record<keyof OutboxEntry, unknown>> = value;
  const isBody = typeof entry.body === 'object' && entry.body !== null && 'text' in entry.body && typeof entry.body.text === 'string';
  const isFiled = entry.files === undefined || Array.isArray(entry.files);
  return isBody && isFiled && typeof entry.key === 'string' && typeof entry.chatId === 'string' && typeof entry.createdAt === 'number';
}

function isPair(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string';
}
