import type { ChatRequest } from '@multimodel/core';
import { z } from 'zod';
import { createProviderError } from '../errors/provider-error.ts';
import { BaseChatModel } from '../model/base-chat-model.ts';
import { staticAuth } from '../model/request-auth.ts';
import type { StreamDecoder } from '../model/stream-decoder.ts';
import type { WireRequest } from '../model/wire-request.ts';
import { defineProvider } from '../plugin/define-provider.ts';
import { createTransport } from '../transport/create-transport.ts';
import { readJson } from '../transport/read-response.ts';

const chunk = z.object({
  choices: z
    .array(z.object({ delta: z.object({ content: z.string().nullish() }).nullish(), finish_reason: z.string().nullish() }))
    .nullish(),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
  error: z.object({ message: z.string() }).nullish(),
});
type Chunk = z.infer<typeof chunk>;

/** An OpenAI-like model, as small as it gets; the kit is proven on it. */
export class SampleChatModel extends BaseChatModel<Chunk> {
  protected override readonly framing = 'sse';
  protected override readonly chunkSchema = chunk;

  protected override toWire(request: ChatRequest): WireRequest {
    const messages = request.messages.map(({ role, parts }) => ({
      role,
      content: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    }));
    return { path: '/chat/completions', body: { model: this.id, messages, stream: true } };
  }

  protected override createDecoder(): StreamDecoder<Chunk> {
    const { providerId } = this.deps;
    let usage: Chunk['usage'];
    let isStopped = false;
    return {
      *decode({ choices, usage: counted, error }) {
        if (error) throw createProviderError('overloaded', error.message, { providerId });
        usage = counted ?? usage;
        const [choice] = choices ?? [];
        yield { type: 'text-delta', text: choice?.delta?.content ?? '' };
        if (choice?.finish_reason) isStopped = true;
      },
      *end() {
        if (!isStopped) return;
        const counted = usage ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } : undefined;
        yield { type: 'finish', reason: 'stop', usage: counted };
      },
    };
  }
}

export const samplePlugin = defineProvider({
  id: 'sample',
  displayName: 'Sample',
  settings: z.object({
    apiKey: z
      .string()
      .min(8)
      .meta({ secret: true, label: { ru: 'Ключ', en: 'Key' } }),
    baseUrl: z.url(),
    http: z.enum(['1.1', '2']).default('1.1'),
  }),
  environment: { SAMPLE_API_KEY: 'apiKey' },
  create({ apiKey, baseUrl, http }, { slug, clock }) {
    const transport = createTransport({ http, providerId: slug, baseUrl, connectTimeoutMs: 2000 });
    const auth = staticAuth({ authorization: `Bearer ${apiKey}` });
    return {
      limits: {},
      chatModel: (id) => new SampleChatModel(id, { providerId: slug, transport, auth, secrets: [apiKey] }),
      listModels: () => Promise.resolve([]),
      async probe({ signal }) {
        const startedAt = clock.monotonic();
        const response = await transport.request({ method: 'GET', path: '/models', signal });
        await readJson(response, z.object({}), { providerId: slug, limitBytes: 1000 });
        return { ok: true, latencyMs: clock.monotonic() - startedAt };
      },
      [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
    };
  },
});
