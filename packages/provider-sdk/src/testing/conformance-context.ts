import assert from 'node:assert/strict';
import type { ChatModel, ChatRequest, Provider, ProviderPlugin, SettingField, StreamEvent } from '@multimodel/core';
import { ProviderError } from '@multimodel/core';
import { parseJson } from '../decode/parse-json.ts';
import type { ConformanceSimulator } from './conformance-simulator.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createMemoryLogger, type MemoryLogger } from './memory-logger.ts';

/** How the kit gets at a plugin and at a vendor to try it on. */
export interface ConformanceOptions {
  /** Settings as an admin would enter them, secrets included, for a simulator at this address. */
  settings(simulatorUrl: string): Readonly<Record<string, unknown>>;
  /** A model that the simulator knows. */
  readonly model: string;
  startSimulator(): Promise<ConformanceSimulator>;
}

/** What a case may use. Made anew for each case. */
export interface ConformanceContext extends AsyncDisposable {
  readonly simulator: ConformanceSimulator;
  readonly provider: Provider;
  readonly model: ChatModel;
  readonly fields: readonly SettingField[];
  readonly clock: FakeClock;
  readonly logger: MemoryLogger;
  /** Values of the secret settings. */
  readonly secrets: readonly string[];
  readonly rawSettings: Readonly<Record<string, unknown>>;
  parseSettings(input: unknown): unknown;
  /** The same plugin with the settings for another address. */
  openAt(url: string): Provider;
}

const slug = 'under-test';
/** Real time, and only until a case is given up: nothing that works comes near, and runners give up at 5000. */
const patienceMs = 3000;

export async function openContext<Settings>(plugin: ProviderPlugin<Settings>, options: ConformanceOptions): Promise<ConformanceContext> {
  const simulator = await options.startSimulator();
  const clock = createFakeClock();
  const logger = createMemoryLogger();
  const rawSettings = options.settings(simulator.url);
  const opened: Provider[] = [];
  const openAt = (url: string): Provider => {
    const provider = plugin.create(plugin.settings.parse(options.settings(url)), { slug, clock, logger });
    opened.push(provider);
    return provider;
  };
  const provider = openAt(simulator.url);
  const { fields } = plugin.settings;
  return {
    simulator,
    provider,
    model: provider.chatModel(options.model),
    fields,
    clock,
    logger,
    secrets: fields.filter(({ isSecret }) => isSecret).flatMap(({ name }) => secretTexts(rawSettings[name])),
    rawSettings,
    parseSettings: (input) => plugin.settings.parse(input),
    openAt,
    async [Symbol.asyncDispose]() {
      for (const each of opened) await each[Symbol.asyncDispose]();
      await simulator[Symbol.asyncDispose]();
    },
  };
}

/** Of a key file (an object or its JSON) also what is long enough to be the key itself. */
function secretTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value, ...longTexts(parseJson(value))];
  return longTexts(value);
}

function longTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length >= 40 ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(longTexts) : [];
}

export function ask(text: string): ChatRequest {
  return { messages: [{ role: 'user', parts: [{ type: 'text', text }] }] };
}

export function newSignal(): AbortSignal {
  return new AbortController().signal;
}

/** Fails a case that waits for what never comes. */
export async function within<T>(work: Promise<T>, what: string): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new assert.AssertionError({ message: `Waited in vain for: ${what}` })), patienceMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Lets sockets work until the condition holds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!condition()) {
    assert.ok(performance.now() < deadline, `Waited in vain for: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export async function collectEvents(stream: AsyncIterable<StreamEvent>): Promise<readonly StreamEvent[]> {
  const events: StreamEvent[] = [];
  const read = async (): Promise<void> => {
    for await (const event of stream) events.push(event);
  };
  await within(read(), 'the end of the answer');
  return events;
}

/** The error that a stream ends with, and the events before it. */
export async function failureOf(
  stream: AsyncIterable<StreamEvent>,
): Promise<{ readonly error: ProviderError; readonly events: readonly StreamEvent[] }> {
  const events: StreamEvent[] = [];
  const read = async (): Promise<unknown> => {
    try {
      for await (const event of stream) events.push(event);
    } catch (error) {
      return error;
    }
    throw new assert.AssertionError({
      message: `The stream ended without an error, after ${events.map(({ type }) => type).join(', ') || 'nothing'}`,
    });
  };
  const error = await within(read(), 'the end of the answer');
  assert.ok(error instanceof ProviderError, `Not a ProviderError: ${String(error)}`);
  assert.ok(!events.some(({ type }) => type === 'finish'), 'A finish came before the error');
  return { error, events };
}

/** Reads on until this much text has come, and says what it was. */
export async function readText(iterator: AsyncIterator<StreamEvent>, length: number): Promise<string> {
  let text = '';
  while (text.length < length) {
    const { done, value } = await within(iterator.next(), `${length} characters of text`);
    assert.ok(!done, 'The answer ended too early');
    if (value.type === 'text-delta') text += value.text;
    if (value.type === 'text-replace') text = text.slice(0, value.from) + value.text;
  }
  return text;
}

/** The error of the next step; warnings before it are passed over. */
export async function nextFailure(pending: Promise<IteratorResult<StreamEvent>>): Promise<ProviderError> {
  const error: unknown = await within(pending, 'an error').then(
    (result) => new assert.AssertionError({ message: `Instead of an error came: ${result.done ? 'the end' : result.value.type}` }),
    (reason: unknown) => reason,
  );
  if (error instanceof assert.AssertionError) throw error;
  assert.ok(error instanceof ProviderError, `Not a ProviderError: ${String(error)}`);
  return error;
}

/** Asks for the first event that is no warning and waits until the vendor has the request. */
export async function startWaiting(
  context: ConformanceContext,
  iterator: AsyncIterator<StreamEvent>,
): Promise<{ readonly pending: Promise<IteratorResult<StreamEvent>> }> {
  const afterWarnings = async (): Promise<IteratorResult<StreamEvent>> => {
    for (;;) {
      const result = await iterator.next();
      if (result.done || result.value.type !== 'warning') return result;
    }
  };
  const pending = afterWarnings();
  pending.catch(() => undefined); // Looked at later.
  await until(() => context.simulator.openStreams > 0, 'the request at the vendor');
  return { pending };
}
