/** Money per 1,000,000 tokens. From a dated price book, never a promise of the vendor. */
export interface Price {
  /** ISO 4217, for example `RUB`. */
  readonly currency: string;
  readonly inputPerMillion: number;
  readonly cachedInputPerMillion?: number | undefined;
  readonly outputPerMillion: number;
  /** ISO date of the price list. */
  readonly asOf: string;
}

export interface NumberParameter {
  readonly min: number;
  readonly max: number;
  readonly step?: number | undefined;
  /** What the vendor does when nothing is sent. */
  readonly default?: number | undefined;
}

/** Which settings a model understands; the settings panel is drawn from it. Absent = not supported. */
export interface ModelParameters {
  readonly temperature?: NumberParameter | undefined;
  readonly topP?: NumberParameter | undefined;
  readonly maxOutputTokens?: NumberParameter | undefined;
  readonly seed?: boolean | undefined;
  readonly stop?: boolean | undefined;
  readonly reasoningEffort?: readonly ('off' | 'low' | 'medium' | 'high')[] | undefined;
}

export interface ModelCapabilities {
  readonly tools: boolean;
  readonly vision: boolean;
  readonly jsonSchema: boolean;
  readonly reasoning: boolean;
}

export type FileKind = 'image' | 'document' | 'audio';

/** One kind of file that a model takes. */
export interface AcceptedFiles {
  readonly kind: FileKind;
  /** For example `image/png`; exact, in lower case. */
  readonly mediaTypes: readonly string[];
  /** Of one file. */
  readonly maxBytes: number;
  /** Files of this kind with one message; absent = no limit known. */
  readonly maxPerMessage?: number | undefined;
}

/** What a model takes with a question. */
export interface ModelFiles {
  readonly accepts: readonly AcceptedFiles[];
  /** Bytes of all files of one request; absent = no limit known. */
  readonly maxTotalBytes?: number | undefined;
}

export interface ModelInfo {
  /** Within its provider; the public name is `providerSlug/id`. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'chat' | 'embedding';
  readonly capabilities: ModelCapabilities;
  readonly parameters: ModelParameters;
  /** Absent = no files. */
  readonly files?: ModelFiles | undefined;
  /** Tokens of question and answer together. */
  readonly contextWindow?: number | undefined;
  readonly price?: Price | undefined;
  /** `live`: the vendor listed it just now; `catalog`: from the dated list that ships with the plugin. */
  readonly source: 'live' | 'catalog';
}
