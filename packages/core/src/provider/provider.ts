import type { ProviderError } from '../errors/app-error.ts';
import type { ChatModel, EmbeddingModel } from '../model/chat-model.ts';
import type { ModelInfo } from '../model/model-info.ts';
import type { Clock } from '../shared/clock.ts';
import type { Localized } from '../shared/localized.ts';
import type { Logger } from '../shared/logger.ts';

interface IoOptions {
  readonly signal: AbortSignal;
}

/** What a cheap, unpaid call to the vendor found. */
export interface ProbeResult {
  readonly ok: boolean;
  readonly latencyMs: number;
  /** What else there is to know of the way to the vendor and of the account, a sentence each. */
  readonly notes?: readonly Localized[] | undefined;
  /** What only a paid question could tell: it is said to be untried, not well. */
  readonly untried?: readonly ('reach' | 'auth' | 'access')[] | undefined;
}

/** What is left of something that was paid for in advance. */
export interface BalanceEntry {
  /** As the vendor calls it: a model, a family of models, a currency. */
  readonly name: string;
  readonly amount: number;
  readonly unit: 'tokens' | 'money';
}

export interface ProviderLimits {
  /** Requests in flight that the credential allows. */
  readonly concurrency?: number | undefined;
  /** The same for all providers that use one credential: the limit is then theirs together. No secret. Absent = nobody shares it. */
  readonly account?: string | undefined;
}

/** The family of parts made for one configured account; they share credentials and transport (Abstract Factory). */
export interface Provider extends AsyncDisposable {
  readonly limits: ProviderLimits;
  /** Dated list that ships with the plugin: shown until the vendor has answered, and when it cannot. */
  readonly catalog?: readonly ModelInfo[] | undefined;
  chatModel(modelId: string): ChatModel;
  embeddingModel?(modelId: string): EmbeddingModel;
  listModels(options: IoOptions): Promise<readonly ModelInfo[]>;
  /** Throws a `ProviderError` when the vendor refuses or cannot be reached. */
  probe(options: IoOptions): Promise<ProbeResult>;
  countTokens?(modelId: string, text: string, options: IoOptions): Promise<number>;
  /** Absent answer: this account has none, since it pays as it goes. */
  balance?(options: IoOptions): Promise<readonly BalanceEntry[] | undefined>;
  /** Deletes at the vendor what was uploaded of a file. `contentHash`: SHA-256 of its bytes in small hexadecimal letters. */
  forgetFile?(contentHash: string, options: IoOptions): Promise<void>;
  /** What whoever runs the instance should not overlook, such as a check that is switched off. */
  readonly notices?: readonly Localized[] | undefined;
  /** Settings that the vendor tells by itself, by field: a form offers them where they are left out or wrong. Cheap and unpaid. */
  discover?(options: IoOptions): Promise<Readonly<Record<string, string>>>;
  /** What a refusal means to who sets the account up: what is wrong, whose side it is on, what to do. Absent: nothing beyond its code. */
  explain?(error: ProviderError): Localized | undefined;
}

/** What a form tells of one choice of a field. */
export interface ChoiceFacts {
  /** Heading that it stands under among the choices. */
  readonly group?: Localized | undefined;
  /** What holds with it where other fields are left empty, by field. */
  readonly usual?: Readonly<Record<string, string>> | undefined;
  /** Fields that it usually does not do without. */
  readonly needs?: readonly string[] | undefined;
  /** Where the values of other fields are made, such as a page of keys: `https://…`, by field. */
  readonly links?: Readonly<Record<string, string>> | undefined;
  readonly note?: Localized | undefined;
}

/** One field of a plugin's settings; forms are drawn from it. */
export interface SettingField {
  readonly name: string;
  readonly kind: 'string' | 'number' | 'boolean' | 'choice' | 'json';
  readonly isRequired: boolean;
  readonly isSecret: boolean;
  /** Most people never touch it: addresses, time limits. */
  readonly isAdvanced: boolean;
  /** Says where requests go: a stored secret is not sent to another place than the one it was given for. */
  readonly isAddress: boolean;
  readonly label: Localized;
  readonly help?: Localized | undefined;
  readonly choices?: readonly string[] | undefined;
  /** How forms name the choices: names of products, the same in every language. Absent = as they are stored. */
  readonly choiceNames?: Readonly<Record<string, string>> | undefined;
  readonly choiceFacts?: Readonly<Record<string, ChoiceFacts>> | undefined;
  readonly default?: string | number | boolean | undefined;
}

export interface SettingsSchema<Settings> {
  readonly fields: readonly SettingField[];
  /** Throws `AppError('validation_failed')` naming each wrong field. */
  parse(input: unknown): Settings;
}

/** A root certificate that the vendor's servers need and the usual lists lack. It is fetched only when a person asks for it. */
export interface TrustedRoot {
  readonly name: Localized;
  readonly url: string;
  /** SHA-256 of the certificate, in hexadecimal; nothing else is ever trusted. */
  readonly fingerprint: string;
}

export interface ProviderContext {
  /** Slug of the configured provider; named in errors. */
  readonly slug: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** PEM texts: the plugin's `trustedRoot`, once a person had it fetched. To be trusted for this provider's connections only. */
  readonly trustedRoots?: readonly string[] | undefined;
  /** Absent: every address may be connected to. */
  readonly mayConnect?: MayConnect | undefined;
}

/** Whether a connection to `host` may go to `address`, the IP address that the name was found to have. */
export type MayConnect = (host: string, address: string) => boolean;

/** Code that speaks one vendor's protocol. Built-in and foreign ones come through the same door. */
export interface ProviderPlugin<Settings = unknown> {
  readonly id: string;
  readonly displayName: string;
  /** What a person who is to choose among plugins reads: whom it connects. */
  readonly about?: Localized | undefined;
  /** Its answers are samples of this product, not a model's; the page says so. */
  readonly isDemo?: boolean | undefined;
  readonly settings: SettingsSchema<Settings>;
  /** Variables in the vendor's own names → fields of `settings`, for example `{YC_API_KEY: 'apiKey'}`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly trustedRoot?: TrustedRoot | undefined;
  /** Where requests go with these settings, by the field that may name another place; for addresses that the plugin knows by itself. */
  addresses?(settings: Settings): Readonly<Record<string, string>>;
  create(settings: Settings, context: ProviderContext): Provider;
}
