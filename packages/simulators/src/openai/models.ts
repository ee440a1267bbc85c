import type { ModelListShape } from './quirks.ts';

/** One model as the simulated server has it. */
export interface OpenAiModel {
  readonly id: string;
  readonly kind: 'chat' | 'embedding';
  readonly contextWindow: number;
  readonly hasVision?: boolean;
  readonly hasReasoning?: boolean;
}

export const defaultOpenAiModels: readonly OpenAiModel[] = [
  { id: 'sim-large', kind: 'chat', contextWindow: 131_072, hasVision: true, hasReasoning: true },
  { id: 'sim-small', kind: 'chat', contextWindow: 8192 },
  { id: 'sim-embedding', kind: 'embedding', contextWindow: 2048 },
];

const created = 1_760_000_000;
const list = (data: readonly unknown[]): unknown => ({ object: 'list', data });
const base = ({ id }: OpenAiModel) => ({ id, object: 'model', created, owned_by: 'simulator' });

/** What `GET /models` answers; `undefined` = there is no such route. */
export function modelList(models: readonly OpenAiModel[], shape: ModelListShape): unknown {
  switch (shape) {
    case 'none':
      return undefined;
    case 'together':
      return models.map((model) => ({
        ...base(model),
        type: model.kind,
        display_name: model.id.toUpperCase(),
        context_length: model.contextWindow,
        pricing: { hourly: 0, input: 0.2, output: 0.6, base: 0, finetune: 0 },
      }));
    case 'llama-cpp':
      return { models: models.map(({ id }) => ({ name: id, model: id, capabilities: ['completion'] })), ...llamaCpp(models) };
    case 'openai':
    case 'xai':
    case 'lm-studio':
    case 'ollama':
      return list(models.map(base));
    default:
      return list(models.map((model) => ({ ...base(model), ...factsOf(model, shape) })));
  }
}

function llamaCpp(models: readonly OpenAiModel[]): { readonly object: string; readonly data: readonly unknown[] } {
  return { object: 'list', data: models.map((model) => ({ ...base(model), meta: { n_ctx_train: model.contextWindow, n_params: 1 } })) };
}

type RichShape = Exclude<ModelListShape, 'none' | 'together' | 'llama-cpp' | 'openai' | 'xai' | 'lm-studio' | 'ollama'>;

function factsOf({ id, kind, contextWindow, hasVision = false, hasReasoning = false }: OpenAiModel, shape: RichShape): object {
  const isChat = kind === 'chat';
  switch (shape) {
    case 'openrouter':
      return {
        name: `Simulated: ${id}`,
        context_length: contextWindow,
        architecture: { input_modalities: hasVision ? ['text', 'image'] : ['text'], output_modalities: [isChat ? 'text' : 'embeddings'] },
        pricing: { prompt: '0.0000002', completion: '0.0000006', input_cache_read: '0.00000005' },
        top_provider: { context_length: contextWindow, max_completion_tokens: 4096 },
        supported_parameters: ['max_tokens', 'temperature', 'tools', 'structured_outputs', ...(hasReasoning ? ['reasoning'] : [])],
      };
    case 'mistral':
      return {
        name: id,
        max_context_length: contextWindow,
        capabilities: { completion_chat: isChat, function_calling: isChat, vision: hasVision, reasoning: hasReasoning },
      };
    case 'groq':
      return { active: true, context_window: contextWindow, max_completion_tokens: 4096 };
    case 'fireworks':
      return {
        kind: 'HF_BASE_MODEL',
        supports_chat: isChat,
        supports_image_input: hasVision,
        supports_tools: isChat,
        context_length: contextWindow,
      };
    case 'moonshot':
      return { context_length: contextWindow, supports_image_in: hasVision, supports_reasoning: hasReasoning };
    case 'vllm':
      return { root: id, parent: null, max_model_len: contextWindow };
    default:
      return shape satisfies never;
  }
}

/** Ollama's own list, and what it tells of one model. */
export function ollamaTags(models: readonly OpenAiModel[]): unknown {
  return { models: models.map(({ id }) => ({ name: id, model: id, details: { family: 'sim', parameter_size: '8B' } })) };
}

export function ollamaFacts({ kind, contextWindow, hasVision = false, hasReasoning = false }: OpenAiModel): unknown {
  const chat = ['completion', 'tools', ...(hasVision ? ['vision'] : []), ...(hasReasoning ? ['thinking'] : [])];
  return {
    details: { family: 'sim' },
    model_info: { 'general.architecture': 'sim', 'sim.context_length': contextWindow },
    capabilities: kind === 'chat' ? chat : ['embedding'],
  };
}

/** LM Studio's own list. */
export function lmStudioModels(models: readonly OpenAiModel[]): unknown {
  return list(
    models.map(({ id, kind, contextWindow, hasVision = false }) => ({
      id,
      object: 'model',
      type: kind === 'embedding' ? 'embeddings' : hasVision ? 'vlm' : 'llm',
      state: 'not-loaded',
      max_context_length: contextWindow,
      capabilities: kind === 'chat' ? ['tool_use'] : [],
    })),
  );
}

/** xAI's list of models for texts; embeddings have a list of their own. */
export function xaiLanguageModels(models: readonly OpenAiModel[]): unknown {
  const chats = models.filter(({ kind }) => kind === 'chat');
  return {
    models: chats.map((model) => ({
      ...base(model),
      input_modalities: model.hasVision === true ? ['text', 'image'] : ['text'],
      output_modalities: ['text'],
      // US cents per 100,000,000 tokens.
      prompt_text_token_price: 2000,
      completion_text_token_price: 10_000,
      aliases: [],
    })),
  };
}
