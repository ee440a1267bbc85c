export interface AnthropicModel {
  readonly id: string;
  readonly name: string;
  readonly contextWindow: number;
  readonly maxTokens: number;
  /** Values of `thinking.type` that are taken. */
  readonly thinking: readonly ('adaptive' | 'enabled' | 'disabled' | 'between_tools')[];
  /** Whether `temperature` and `top_p` are taken. */
  readonly hasSampling: boolean;
  /** Whether a call of a tool can be demanded. */
  readonly canForceTools: boolean;
  readonly lifecycle: 'active' | 'deprecated' | 'retired';
}

const current = { contextWindow: 1_000_000, maxTokens: 128_000, hasSampling: false, canForceTools: true, lifecycle: 'active' } as const;

export const anthropicModels: readonly AnthropicModel[] = [
  { ...current, id: 'claude-opus-5-5', name: 'Claude Opus 5.5', thinking: ['adaptive'], canForceTools: false },
  { ...current, id: 'claude-sonnet-5-5', name: 'Claude Sonnet 5.5', thinking: ['adaptive', 'between_tools'], canForceTools: false },
  { ...current, id: 'claude-sonnet-5', name: 'Claude Sonnet 5', thinking: ['adaptive', 'disabled'] },
  {
    ...current,
    id: 'claude-haiku-4-5-20251001',
    name: 'Claude Haiku 4.5',
    contextWindow: 200_000,
    maxTokens: 64_000,
    thinking: ['enabled', 'disabled'],
    hasSampling: true,
  },
  {
    ...current,
    id: 'claude-3-haiku-20240307',
    name: 'Claude Haiku 3',
    contextWindow: 200_000,
    maxTokens: 4096,
    thinking: ['disabled'],
    hasSampling: true,
    lifecycle: 'retired',
  },
];

const supported = (isSupported: boolean) => ({ supported: isSupported });

export function describeAnthropicModel({ id, name, contextWindow, maxTokens, thinking, lifecycle }: AnthropicModel): unknown {
  const types = ['adaptive', 'between_tools', 'disabled', 'enabled'] as const;
  return {
    type: 'model',
    id,
    display_name: name,
    created_at: '2026-01-01T00:00:00Z',
    lifecycle,
    max_input_tokens: contextWindow,
    max_tokens: maxTokens,
    capabilities: {
      image_input: supported(true),
      pdf_input: supported(true),
      structured_outputs: supported(maxTokens > 4096),
      thinking: {
        supported: thinking.some((type) => type !== 'disabled'),
        types: Object.fromEntries(types.map((type) => [type, supported(thinking.includes(type))])),
      },
    },
  };
}
