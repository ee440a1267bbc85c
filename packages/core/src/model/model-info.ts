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

export interface ModelInfo {
  /** Within its provider; the public name is `providerSlug/id`. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'chat' | 'embedding';
  readonly capabilities: ModelCapabilities;
  readonly parameters: ModelParameters;
  /** Tokens of question and answer together. */
  readonly contextWindow?: number | undefined;
  readonly price?: Price | undefined;
  /** `live`: the vendor listed it just now; `catalog`: from the dated list that ships with the plugin. */
  readonly source: 'live' | 'catalog';
}
