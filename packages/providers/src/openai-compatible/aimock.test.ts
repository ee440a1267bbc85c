import { LLMock } from '@copilotkit/aimock';
import { collectAnswer } from '@multimodel/provider-sdk';
import {
  type ConformanceScenario,
  type ConformanceSimulator,
  conformanceCases,
  createFakeClock,
  createMemoryLogger,
  runConformanceCase,
  type SimulatedRequest,
} from '@multimodel/provider-sdk/testing';
import { describe, expect, test } from 'vitest';
import { openaiCompatible } from './openai-compatible.ts';
import { newSignal, userAsks } from './test-account.ts';

/**
 * A server of somebody else's making: what both our plugin and our simulator may have misunderstood shows here. It cannot hold an
 * answer back, tell that a client has gone, or show long requests whole, so those cases are left to the simulator.
 */
const cannot = /closes? (?:the|its) connection|first token in time|stall|long conversation|clean-eof|mid-frame|HTML|without Retry|secret/u;

class AimockSimulator implements ConformanceSimulator {
  readonly #mock: LLMock;
  readonly openStreams = 0;

  constructor(mock: LLMock) {
    this.#mock = mock;
  }

  get url(): string {
    return this.#mock.url;
  }

  get requests(): readonly SimulatedRequest[] {
    return this.#mock.getRequests().map(({ method, path, headers, body }) => ({ method, path, headers, body: JSON.stringify(body) }));
  }

  play(scenario: ConformanceScenario): void {
    this.#mock.clearFixtures();
    this.#mock.clearChaos();
    this.#answer(scenario);
  }

  clientGone(): Promise<void> {
    return Promise.reject(new Error('not told'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The kit stops a server to see what happens, and disposes of it once more.
    await this.#mock.stop().catch(() => undefined);
  }

  #answer(scenario: ConformanceScenario): void {
    const any = /(?:)/u;
    switch (scenario.kind) {
      case 'answer': {
        const { inputTokens = 3, outputTokens = 5 } = scenario.usage ?? {};
        const usage = { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens };
        this.#mock.onMessage(any, { content: scenario.pieces.join(''), usage }, { chunkSize: scenario.chunkBytes ?? 4 });
        return;
      }
      case 'unauthorized':
        this.#mock.onMessage(any, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' }, status: 401 });
        return;
      case 'rate-limited':
        this.#mock.onMessage(any, {
          error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' },
          status: 429,
          retryAfter: scenario.retryAfterSeconds ?? 1,
        });
        return;
      case 'cut':
        this.#mock.onMessage(any, { content: scenario.pieces.join('') }, { chunkSize: 4, truncateAfterChunks: 2 });
        return;
      case 'garbage':
        this.#mock.onMessage(any, { content: 'a' }, { chaos: { malformedRate: 1 } });
        return;
      default:
        throw new Error(`cannot play ${scenario.kind}`);
    }
  }
}

async function start(): Promise<AimockSimulator> {
  const mock = new LLMock({ port: 0, host: '127.0.0.1' });
  await mock.start();
  return new AimockSimulator(mock);
}

const options = {
  settings: (url: string) => ({ preset: 'openai', apiKey: 'sk-of-the-test-000000000000', baseUrl: `${url}/v1` }),
  model: 'gpt-test',
  startSimulator: start,
};

describe('aimock, a server that is not ours', () => {
  const cases = conformanceCases.filter(({ name }) => !cannot.test(name));

  test('most of the kit can be tried on it', () => {
    expect(cases.length).toBeGreaterThan(10);
  });

  test.each(cases)('$name', (each) => runConformanceCase(each, openaiCompatible, options));

  test('its models and vectors are read, and its calls come whole', async () => {
    const mock = new LLMock({ port: 0, host: '127.0.0.1' });
    mock.onMessage(/weather/u, { toolCalls: [{ name: 'weather', arguments: { city: 'Казань' } }] });
    mock.onEmbedding(/(?:)/u, { embedding: [0.5, 0.25] });
    await mock.start();
    const context = { slug: 'aimock', clock: createFakeClock(), logger: createMemoryLogger() };
    await using provider = openaiCompatible.create(openaiCompatible.settings.parse(options.settings(mock.url)), context);
    const signal = newSignal();
    expect((await provider.listModels({ signal })).length).toBeGreaterThan(0);
    expect(await provider.probe({ signal })).toMatchObject({ ok: true });
    const request = { ...userAsks('weather?'), tools: [{ name: 'weather', parameters: { type: 'object' } }] };
    const answer = await collectAnswer(provider.chatModel('gpt-test').stream(request, { signal }));
    expect(answer).toMatchObject({ reason: 'tool_calls', toolCalls: [{ name: 'weather', arguments: { city: 'Казань' } }] });
    expect((await provider.embeddingModel?.('text-embedding').embed(['a', 'b'], { signal }))?.embeddings).toHaveLength(2);
    await mock.stop();
  });
});
