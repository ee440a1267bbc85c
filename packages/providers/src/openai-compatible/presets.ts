import type { JsonObject, ReasoningEffort } from '@multimodel/core';
import type { Preset } from './preset.ts';

type Reasoning = Readonly<Partial<Record<ReasoningEffort, JsonObject>>>;

const effort: Reasoning = {
  low: { reasoning_effort: 'low' },
  medium: { reasoning_effort: 'medium' },
  high: { reasoning_effort: 'high' },
};
const effortOrNone: Reasoning = { off: { reasoning_effort: 'none' }, ...effort };

/** One switch and no degrees. */
const switched = (on: JsonObject, off: JsonObject): Reasoning => ({ off, low: on, medium: on, high: on });

/** Whatever runs there may be slow to load, and answers few at a time. */
const local = {
  concurrency: 4,
  firstTokenTimeoutMs: 600_000,
  totalTimeoutMs: 3_600_000,
  hasThinkTags: true,
  namesModel: false,
} as const;

/** `unconfirmed`: told by public clients and not by the vendor's own documents, or not seen anywhere but taken to be usual. */
export const presets = {
  openai: {
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    keysAt: 'platform.openai.com/api-keys',
    isNewestFirst: true,
    maxTokensField: 'max_completion_tokens',
    reasoning: effort,
    callIds: /^.{1,40}$/u,
    assumesVision: true,
  },
  deepseek: {
    name: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com',
    keysAt: 'platform.deepseek.com/api_keys',
    supports: { jsonSchema: false },
    // unconfirmed: as clients send it since V3.2.
    reasoning: switched({ thinking: { type: 'enabled' } }, { thinking: { type: 'disabled' } }),
  },
  mistral: {
    name: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    keysAt: 'console.mistral.ai/api-keys',
    seedField: 'random_seed',
    maxTemperature: 1.5,
    // Refuses members that it does not know, and counts without being asked.
    supports: { streamUsage: false },
    callIds: /^[a-zA-Z0-9]{9}$/u,
    images: { maxBytes: 10_000_000 },
  },
  groq: {
    name: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    keysAt: 'console.groq.com/keys',
    maxTokensField: 'max_completion_tokens',
    reasoning: effort,
    hasThinkTags: true,
    // 4 MB as base64.
    images: { maxBytes: 3_000_000 },
  },
  openrouter: {
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    keysAt: 'openrouter.ai/settings/keys',
    keyCheckPath: '/key',
    prices: 'per-token',
    reasoning: {
      off: { reasoning: { enabled: false } },
      low: { reasoning: { effort: 'low' } },
      medium: { reasoning: { effort: 'medium' } },
      high: { reasoning: { effort: 'high' } },
    },
    namesModel: true,
  },
  xai: {
    name: 'xAI',
    baseUrl: 'https://api.x.ai/v1',
    keysAt: 'console.x.ai',
    list: 'xai',
    maxTokensField: 'max_completion_tokens',
    // Only some of its models take it, and no degree between.
    reasoning: { low: { reasoning_effort: 'low' }, high: { reasoning_effort: 'high' } },
    images: { mediaTypes: ['image/png', 'image/jpeg'], maxBytes: 20_000_000 },
  },
  together: {
    name: 'Together AI',
    baseUrl: 'https://api.together.xyz/v1',
    keysAt: 'api.together.ai/settings/api-keys',
    prices: 'per-million',
    reasoning: effort,
    hasThinkTags: true,
  },
  fireworks: {
    name: 'Fireworks AI',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    keysAt: 'app.fireworks.ai/settings/users/api-keys',
    // Counts in its last chunk without being asked.
    supports: { streamUsage: false },
    reasoning: effortOrNone,
    hasThinkTags: true,
  },
  qwen: {
    name: 'Qwen (DashScope)',
    baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    keysAt: 'bailian.console.alibabacloud.com',
    maxTemperature: 1.99,
    // unconfirmed: newer models take schemas.
    supports: { jsonSchema: false },
    reasoning: switched({ enable_thinking: true }, { enable_thinking: false }),
    // unconfirmed: whether it has a list.
    catalog: [{ id: 'qwen-max' }, { id: 'qwen-plus' }, { id: 'qwen-flash' }],
    embeddingBatch: 10,
  },
  moonshot: {
    name: 'Moonshot (Kimi)',
    baseUrl: 'https://api.moonshot.ai/v1',
    keysAt: 'platform.moonshot.ai/console/api-keys',
    maxTemperature: 1,
    // unconfirmed: newer models take schemas.
    supports: { jsonSchema: false },
    // unconfirmed: as clients send it.
    reasoning: switched({ thinking: { type: 'enabled' } }, { thinking: { type: 'disabled' } }),
  },
  perplexity: {
    name: 'Perplexity',
    baseUrl: 'https://api.perplexity.ai',
    keysAt: 'perplexity.ai/settings/api',
    list: 'none',
    catalog: [
      { id: 'sonar', contextWindow: 128_000 },
      { id: 'sonar-pro', contextWindow: 200_000 },
      { id: 'sonar-reasoning-pro', contextWindow: 128_000 },
      { id: 'sonar-deep-research', contextWindow: 128_000 },
    ],
    maxTemperature: 1.99,
    supports: { tools: false, stop: false, seed: false, streamUsage: false, parallelToolCalls: false },
    reasoning: effort,
    hasThinkTags: true,
    alternates: true,
    assumesVision: true,
  },
  'cloud-ru': {
    name: 'Cloud.ru',
    baseUrl: 'https://foundation-models.api.cloud.ru/v1',
    keysAt: 'console.cloud.ru',
    // unconfirmed: nothing is written of reasoning; its servers are vLLM.
    hasThinkTags: true,
  },
  vllm: {
    ...local,
    name: 'vLLM',
    baseUrl: 'http://127.0.0.1:8000/v1',
    start: { ru: 'vllm serve <модель>', en: 'vllm serve <model>' },
    reasoning: { off: { chat_template_kwargs: { enable_thinking: false } }, ...effort },
    alternates: true,
    concurrency: 16,
  },
  ollama: {
    ...local,
    name: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    start: { ru: 'ollama serve', en: 'ollama serve' },
    list: 'ollama',
    reasoning: effortOrNone,
  },
  'lm-studio': {
    ...local,
    name: 'LM Studio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    start: { ru: 'lms server start', en: 'lms server start' },
    list: 'lm-studio',
    reasoning: effort,
    alternates: true,
  },
  'llama-cpp': {
    ...local,
    name: 'llama.cpp',
    baseUrl: 'http://127.0.0.1:8080/v1',
    start: { ru: 'llama-server -m <модель>.gguf', en: 'llama-server -m <model>.gguf' },
    reasoning: {
      off: { chat_template_kwargs: { enable_thinking: false } },
      low: { chat_template_kwargs: { reasoning_effort: 'low' } },
      medium: { chat_template_kwargs: { reasoning_effort: 'medium' } },
      high: { chat_template_kwargs: { reasoning_effort: 'high' } },
    },
    alternates: true,
  },
  custom: {
    name: 'OpenAI-compatible server',
    reasoning: effort,
    hasThinkTags: true,
    alternates: true,
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetId = keyof typeof presets;

export const presetIds = Object.keys(presets).filter((id): id is PresetId => Object.hasOwn(presets, id));

export const presetOf = (id: PresetId): Preset => presets[id];
