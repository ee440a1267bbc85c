import type { Actor } from '../account/actor.ts';
import { authorizeOwner } from '../account/actor.ts';
import type { AttachmentService } from '../attachment/attachment-service.ts';
import type { ModelInfo } from '../model/model-info.ts';
import type { ModelCatalog, ModelTarget } from '../provider/model-catalog.ts';
import type { AttachmentId, ChatId, MessageId } from '../shared/ids.ts';
import type { Storage } from '../shared/storage.ts';
import { carryFiles, isSpoken } from './carried-files.ts';
import type { Chat, GenerationSettings } from './chat.ts';
import { chosenModel } from './chosen-model.ts';
import { type ContextCut, fitMessages, listCuts, longestBranch, reservedForAnswer, type TokenRule, tokenRule } from './context-builder.ts';
import type { Message } from './message.ts';
import { messageOf } from './message-tree.ts';

/** As for a message that is sent; each member has the meaning that it has there. */
export interface ForecastInput {
  readonly text?: string | undefined;
  readonly parentId?: MessageId | null | undefined;
  readonly model?: string | undefined;
  readonly settings?: GenerationSettings | undefined;
  readonly attachments?: readonly AttachmentId[] | undefined;
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
  readonly attachments: Pick<AttachmentService, 'findOwn'>;
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
    const attachments = await this.#deps.attachments.findOwn(actor, input.attachments ?? []);
    const hasFiles = attachments.length > 0 || branch.some((message) => message.attachments);
    return {
      model,
      ...forecastOf({
        branch,
        question: { role: 'user', text: input.text ?? '', attachments },
        info: (await this.#target(model, hasFiles)).info,
        settings: { systemPrompt, maxOutputTokens },
      }),
      isCut: branch[0]?.parentId !== undefined,
    };
  }

  /** What a model takes has to be known, its window may be. */
  async #target(model: string, hasFiles: boolean): Promise<ModelTarget> {
    return hasFiles ? this.#deps.models.load(model) : this.#deps.models.resolve(model);
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

type Said = Pick<Message, 'role' | 'text' | 'attachments'>;

interface Forecast {
  readonly branch: readonly Said[];
  readonly question: Said;
  readonly info: ModelInfo | undefined;
  readonly settings: Pick<GenerationSettings, 'systemPrompt' | 'maxOutputTokens'>;
}

function forecastOf({ branch, question, info, settings }: Forecast): Omit<ContextForecast, 'model' | 'isCut'> {
  const contextWindow = info?.contextWindow;
  const messages = carryFiles([...branch, question], info);
  const before = messages.slice(0, -1);
  const { inputTokens, leftOut } = fitMessages({ ...settings, contextWindow, messages });
  const spoken = before.filter((message) => isSpoken(message, false)).length;
  return {
    contextWindow,
    reservedForAnswer: reservedForAnswer({ ...settings, contextWindow }),
    inputTokens,
    messages: spoken - leftOut,
    leftOut,
    isEstimated: true,
    rule: tokenRule,
    cuts: contextWindow ? listCuts({ ...settings, contextWindow, messages: before }, messages.at(-1)?.files) : [],
  };
}
