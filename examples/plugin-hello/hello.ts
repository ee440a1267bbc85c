// A provider in one file. Any server that speaks OpenAI's chat completions answers it; another wire needs other hooks.
import type { ChatRequest, ModelInfo, StreamDecoder, Usage, WireRequest } from '@multimodel/provider-sdk';
import { BaseChatModel, createTransport, defineProvider, readJson, staticAuth } from '@multimodel/provider-sdk';
import { startSampleSimulator } from '@multimodel/provider-sdk/testing';
import { z } from 'zod';

const chunk = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }), finish_reason: z.string().nullish() })),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
});
type Chunk = z.infer<typeof chunk>;
const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

class HelloChatModel extends BaseChatModel<Chunk> {
  protected override readonly framing = 'sse';
  protected override readonly chunkSchema = chunk;

  protected override toWire({ messages }: ChatRequest): WireRequest {
    const texts = messages.map(({ role, parts }) => ({
      role,
      content: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    }));
    return { path: '/chat/completions', body: { model: this.id, messages: texts, stream: true } };
  }

  protected override createDecoder(): StreamDecoder<Chunk> {
    let usage: Usage | undefined;
    let isStopped = false;
    return {
      *decode({ choices: [choice], usage: counted }) {
        if (counted) usage = { inputTokens: counted.prompt_tokens, outputTokens: counted.completion_tokens };
        yield { type: 'text-delta', text: choice?.delta.content ?? '' };
        isStopped ||= choice?.finish_reason === 'stop';
      },
      *end() {
        if (isStopped) yield { type: 'finish', reason: 'stop', usage };
      },
    };
  }
}

export default defineProvider({
  id: 'hello',
  displayName: 'Hello',
  settings: z.object({
    apiKey: z.string().meta({ secret: true, label: { ru: 'Ключ', en: 'Key' } }),
    baseUrl: z.url().default('https://api.openai.com/v1'),
  }),
  environment: { HELLO_API_KEY: 'apiKey' },
  create({ apiKey, baseUrl }, { slug, clock }) {
    const transport = createTransport({ http: 'auto', providerId: slug, baseUrl, connectTimeoutMs: 5000 });
    const headers = { authorization: `Bearer ${apiKey}` };
    const list = async (signal: AbortSignal): Promise<readonly ModelInfo[]> => {
      const response = await transport.request({ method: 'GET', path: '/models', headers, signal });
      const { data } = await readJson(response, modelList, { providerId: slug, limitBytes: 1_000_000 });
      const capabilities = { tools: false, vision: false, jsonSchema: false, reasoning: false };
      return data.map(({ id }) => ({ id, name: id, kind: 'chat', capabilities, parameters: {}, source: 'live' }));
    };
    return {
      limits: {},
      chatModel: (id) => new HelloChatModel(id, { providerId: slug, transport, auth: staticAuth(headers), secrets: [apiKey] }),
      listModels: ({ signal }) => list(signal),
      async probe({ signal }) {
        const startedAt = clock.monotonic();
        await list(signal);
        return { ok: true, latencyMs: clock.monotonic() - startedAt };
      },
      [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
    };
  },
});

/** For `mmc plugin test`: how to try it without the vendor. */
export const conformance = {
  settings: (baseUrl: string) => ({ apiKey: 'a-key-for-the-test', baseUrl }),
  model: 'any',
  startSimulator: startSampleSimulator,
};
