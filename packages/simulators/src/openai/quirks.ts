/** Where servers that call themselves compatible differ. */
export interface OpenAiQuirks {
  /** Before `/chat/completions`. */
  readonly basePath: string;
  readonly needsKey: boolean;
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens' | 'either';
  /** `asked`: in a last chunk without choices, when `stream_options.include_usage` says so. */
  readonly usage: 'asked' | 'last-chunk' | 'finishing-chunk' | 'every-chunk' | 'x-groq' | 'choice' | 'none';
  readonly reasoning: 'reasoning_content' | 'reasoning' | 'both' | 'think-tags' | 'parts';
  readonly calls: 'fragments' | 'whole' | 'no-index' | 'same-index' | 'empty-ids' | 'object-arguments';
  /** A stream ends with its connection and no `[DONE]`. */
  readonly hasNoMarker: boolean;
  /** Lines such as `: OPENROUTER PROCESSING` between chunks. */
  readonly hasComments: boolean;
  /** Refusals come with status 200. */
  readonly refusesWith200: boolean;
  readonly errors: 'openai' | 'flat' | 'text-member' | 'detail' | 'code-and-text' | 'numbered';
  readonly models: ModelListShape;
  /** Ids of calls must have nine letters or digits. */
  readonly hasShortCallIds: boolean;
  /** Two questions in a row are refused. */
  readonly alternates: boolean;
}

export type ModelListShape =
  | 'openai'
  | 'openrouter'
  | 'mistral'
  | 'together'
  | 'groq'
  | 'fireworks'
  | 'moonshot'
  | 'xai'
  | 'vllm'
  | 'llama-cpp'
  | 'lm-studio'
  | 'ollama'
  | 'none';

const plain: OpenAiQuirks = {
  basePath: '/v1',
  needsKey: true,
  maxTokensField: 'either',
  usage: 'asked',
  reasoning: 'reasoning_content',
  calls: 'fragments',
  hasNoMarker: false,
  hasComments: false,
  refusesWith200: false,
  errors: 'openai',
  models: 'openai',
  hasShortCallIds: false,
  alternates: false,
};

const local = { ...plain, needsKey: false } as const;

/** As their own documents and public clients describe them; none was recorded by us. */
export const openAiDialects = {
  openai: { ...plain, maxTokensField: 'max_completion_tokens' },
  deepseek: { ...plain, basePath: '', maxTokensField: 'max_tokens' },
  mistral: {
    ...plain,
    maxTokensField: 'max_tokens',
    usage: 'finishing-chunk',
    reasoning: 'parts',
    calls: 'whole',
    errors: 'flat',
    models: 'mistral',
    hasShortCallIds: true,
  },
  groq: { ...plain, basePath: '/openai/v1', usage: 'x-groq', reasoning: 'reasoning', calls: 'whole', models: 'groq' },
  openrouter: { ...plain, basePath: '/api/v1', reasoning: 'reasoning', hasComments: true, errors: 'numbered', models: 'openrouter' },
  xai: { ...plain, usage: 'every-chunk', calls: 'whole', errors: 'code-and-text', models: 'xai' },
  together: { ...plain, maxTokensField: 'max_tokens', usage: 'finishing-chunk', reasoning: 'think-tags', models: 'together' },
  fireworks: { ...plain, basePath: '/inference/v1', maxTokensField: 'max_tokens', usage: 'finishing-chunk', models: 'fireworks' },
  qwen: { ...plain, basePath: '/compatible-mode/v1', maxTokensField: 'max_tokens', calls: 'empty-ids', models: 'none' },
  moonshot: { ...plain, maxTokensField: 'max_tokens', usage: 'choice', models: 'moonshot' },
  perplexity: {
    ...plain,
    basePath: '',
    maxTokensField: 'max_tokens',
    usage: 'every-chunk',
    reasoning: 'think-tags',
    hasNoMarker: true,
    models: 'none',
    alternates: true,
  },
  'cloud-ru': { ...plain, maxTokensField: 'max_tokens', models: 'vllm', errors: 'flat' },
  vllm: { ...local, reasoning: 'both', errors: 'flat', models: 'vllm', alternates: true },
  ollama: { ...local, maxTokensField: 'max_tokens', reasoning: 'reasoning', calls: 'no-index', models: 'ollama' },
  'lm-studio': { ...local, reasoning: 'think-tags', refusesWith200: true, errors: 'text-member', models: 'lm-studio' },
  'llama-cpp': { ...local, usage: 'last-chunk', calls: 'same-index', errors: 'numbered', models: 'llama-cpp', alternates: true },
} as const satisfies Readonly<Record<string, OpenAiQuirks>>;

export type OpenAiDialectName = keyof typeof openAiDialects;

export const isOpenAiDialect = (name: string): name is OpenAiDialectName => Object.hasOwn(openAiDialects, name);
