import type { ChatModel, ProviderPlugin, StreamEvent } from '@multimodel/core';
import { describe, expect, test } from 'vitest';
import { createProviderError } from '../errors/provider-error.ts';
import { conformanceCases, runConformanceCase } from './conformance.ts';
import { samplePlugin } from './sample-plugin.ts';
import { startSampleSimulator } from './sample-simulator.ts';

type Stream = ChatModel['stream'];
const secret = 'key-that-nobody-may-see';
const options = {
  settings: (baseUrl: string) => ({ apiKey: secret, baseUrl }),
  model: 'sample-1',
  startSimulator: () => startSampleSimulator(),
};

/** The sample with a fault planted around its stream. */
function broken(wrap: (stream: Stream) => Stream): ProviderPlugin<ReturnType<typeof samplePlugin.settings.parse>> {
  return {
    ...samplePlugin,
    create(settings, context) {
      const provider = samplePlugin.create(settings, context);
      return {
        ...provider,
        chatModel(id) {
          const model = provider.chatModel(id);
          return { id, stream: wrap((request, call) => model.stream(request, call)) };
        },
      };
    },
  };
}

const mapEvents = (map: (event: StreamEvent) => readonly StreamEvent[]) =>
  broken(
    (stream) =>
      async function* (request, call) {
        for await (const event of stream(request, call)) yield* map(event);
      },
  );

const mapError = (map: (error: unknown) => unknown) =>
  broken(
    (stream) =>
      async function* (request, call) {
        try {
          yield* stream(request, call);
        } catch (error) {
          throw map(error);
        }
      },
  );

const planted: readonly (readonly [string, ProviderPlugin<ReturnType<typeof samplePlugin.settings.parse>>, RegExp])[] = [
  ['loses text', mapEvents((event) => (event.type === 'text-delta' && event.text.includes('world') ? [] : [event])), /add up to the text/],
  ['finishes twice', mapEvents((event) => (event.type === 'finish' ? [event, event] : [event])), /exactly one finish/],
  ['has no usage', mapEvents((event) => (event.type === 'finish' ? [{ type: 'finish', reason: 'stop' }] : [event])), /usage/],
  [
    'ignores the signal',
    broken((stream) => (request) => stream(request, { signal: new AbortController().signal })),
    /abort in mid-answer|already aborted|first token/,
  ],
  [
    'takes a cut for the end',
    broken(
      (stream) =>
        async function* (request, call) {
          try {
            yield* stream(request, call);
          } catch {
            yield { type: 'finish', reason: 'stop' };
          }
        },
    ),
    /cut|nonsense|401/,
  ],
  ['throws plain errors', mapError(() => new Error('oops')), /401/],
  ['forgets Retry-After', mapError(() => createProviderError('rate_limited', 'x', { providerId: 'under-test' })), /429 with Retry-After/],
  ['tells the secret in a cause', mapError((error) => Object.assign(error as Error, { cause: new Error(`sent ${secret}`) })), /no secret/],
  [
    'keeps reading when the loop is left',
    broken((stream) => (request, call) => {
      const inner = stream(request, call)[Symbol.asyncIterator]();
      return { [Symbol.asyncIterator]: () => ({ next: () => inner.next() }) };
    }),
    /leaving the loop/,
  ],
];

describe('the kit finds planted faults', () => {
  test.concurrent.each(planted)('a plugin that %s', async (_name, plugin, expected) => {
    const suspects = conformanceCases.filter(({ name }) => expected.test(name));
    expect(suspects.length).toBeGreaterThan(0);
    await Promise.all(suspects.map((each) => expect(runConformanceCase(each, plugin, options), each.name).rejects.toThrow()));
  });
});
