import type { JsonObject, Localized, ReasoningEffort } from '@multimodel/core';
import type { OpenAiDialect } from '../shared/openai-chat/openai-dialect.ts';

/** A model that is offered where the vendor has no list. */
export interface KnownModel {
  readonly id: string;
  readonly contextWindow?: number | undefined;
}

/** What is known of one vendor or server. Members that are absent say nothing, and the usual is done. */
export interface Preset {
  readonly name: string;
  /** Absent: it must be entered. */
  readonly baseUrl?: string | undefined;
  /** Where a key is made; absent = none is needed. */
  readonly keysAt?: string | undefined;
  /** Runs on the machine of whoever uses it: how it is started. */
  readonly start?: Localized | undefined;
  /** Lists beside `/models` that say more, or `none`. Paths begin at the root of the host, but for `refusal`. */
  readonly list?: 'models' | 'ollama' | 'lm-studio' | 'xai' | 'none' | undefined;
  /** A list that is open to everybody tells nothing of a key: this path does, below the base URL. */
  readonly keyCheckPath?: string | undefined;
  readonly catalog?: readonly KnownModel[] | undefined;
  readonly isNewestFirst?: boolean | undefined;
  /** How prices in the list are meant; absent = they are not read. In US dollars. */
  readonly prices?: 'per-token' | 'per-million' | undefined;
  readonly maxTokensField?: OpenAiDialect['maxTokensField'] | undefined;
  readonly seedField?: OpenAiDialect['seedField'];
  readonly maxTemperature?: number | undefined;
  readonly supports?: Partial<OpenAiDialect['supports']> | undefined;
  readonly reasoning?: Readonly<Partial<Record<ReasoningEffort, JsonObject>>> | undefined;
  readonly hasThinkTags?: boolean | undefined;
  readonly alternates?: boolean | undefined;
  readonly namesModel?: boolean | undefined;
  /** Ids of calls that it takes; those of other vendors in the same conversation are made to fit. */
  readonly callIds?: RegExp | undefined;
  /** Whether models see, where the list does not tell. */
  readonly assumesVision?: boolean | undefined;
  readonly images?: { readonly mediaTypes?: readonly string[]; readonly maxBytes?: number } | undefined;
  readonly embeddingBatch?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly firstTokenTimeoutMs?: number | undefined;
  readonly totalTimeoutMs?: number | undefined;
}
