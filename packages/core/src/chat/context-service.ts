import type { Actor } from '../account/actor.ts';
import { authorizeOwner } from '../account/actor.ts';
import type { ModelCatalog } from '../provider/model-catalog.ts';
import type { ChatId, MessageId } from '../shared/ids.ts';
import type { Storage } from '../shared/storage.ts';
import type { Chat, GenerationSettings } from './chat.ts';
import { chosenModel } from './chosen-model.ts';
import {
  buildContext,
  type ContextCut,
  type ContextInput,
  listCuts,
  longestBranch,
  reservedForAnswer,
  type TokenRule,
  tokenRule,
} from './context-builder.ts';
import type { Message } from './message.ts';
import { messageOf } from './message-tree.ts';

/** As for a message that is sent; each member has the meaning that it has there. */
export interface ForecastInput {
  readonly text?: string | undefined;
  readonly parentId?: MessageId | null | undefined;
  readonly model?: string | undefined;
  readonly settings?: GenerationSettings | undefined;
}

/** What would go to the model with the next message. */
export interface ContextForecast {
  readonly model: string;
  /** Absent = unknown; nothing is left out then. */
  readonly contextWindow?: number | undefined;
  readonly reservedForAnswer?: number | undefined;
  /** System prompt, the messages that go along, and the text. */
  readonly inputTokens: number;
  /** Messages that go along, the question not counted. */
  readonly messages: number;
  readonly leftOut: number;
  /** There are older messages than are ever sent; they are not in `leftOut`. */
  readonly isCut: boolean;
  /** By a rule, not by the vendor's tokenizer: sending decides by the same rule, and asks nobody for it. */
  readonly isEstimated: true;
  readonly rule: TokenRule;
  readonly cuts: readonly ContextCut[];
}

export interface ContextServiceDeps {
  readonly storage: Storage;
  readonly models: ModelCatalog;
}

/** Tells before a message is sent what sending it will do. */
export class ContextService {
  readonly #deps: ContextServiceDeps;

  constructor(deps: ContextServiceDeps) {
    this.#deps = deps;
  }

  /** Without a chat: for the first message of one that does not exist yet. */
  async forecast(actor: Actor, chatId: ChatId | undefined, input: ForecastInput): Promise<ContextForecast> {
    const chat = chatId === undefined ? undefined : await this.#chat(actor, chatId);
    const model = await chosenModel(this.#deps, actor, chat ?? {}, input.model);
    const branch = chat ? await this.#branch(chat, input.parentId) : [];
    const { systemPrompt, maxOutputTokens } = await this.#settings(actor, chat, input.settings);
    const { contextWindow } = this.#deps.models.resolve(model).info ?? {};
    return {
      model,
      ...forecastOf({ systemPrompt, maxOutputTokens, contextWindow, messages: branch }, input.text ?? ''),
      isCut: branch[0]?.parentId !== undefined,
    };
  }

  async #chat(actor: Actor, id: ChatId): Promise<Chat> {
    return authorizeOwner(actor, 'Chat', id, await this.#deps.storage.read.chats.findById(id));
  }

  async #branch(chat: Chat, wanted: ForecastInput['parentId']): Promise<readonly Message[]> {
    const { messages } = this.#deps.storage.read;
    const leaf = wanted ? (await messageOf(messages, chat, wanted, 'parentId')).id : chat.leafId;
    return wanted === null || leaf === undefined ? [] : messages.listBranch(leaf, longestBranch - 1);
  }

  async #settings(actor: Actor, chat: Chat | undefined, given: GenerationSettings | undefined): Promise<GenerationSettings> {
    if (chat) return { ...chat.settings, ...given };
    return given ?? (await this.#deps.storage.read.settings.findByUser(actor.userId))?.generation ?? {};
  }
}

function forecastOf(input: Omit<ContextInput, 'kept'>, text: string): Omit<ContextForecast, 'model' | 'isCut'> {
  const { inputTokens, leftOut } = buildContext({ ...input, messages: [...input.messages, { role: 'user', text }] });
  const spoken = input.messages.filter((message) => message.text.trim() !== '').length;
  return {
    contextWindow: input.contextWindow,
    reservedForAnswer: reservedForAnswer(input),
    inputTokens,
    messages: spoken - leftOut,
    leftOut,
    isEstimated: true,
    rule: tokenRule,
    cuts: input.contextWindow ? listCuts(input) : [],
  };
}
