import type { Actor } from '../account/actor.ts';
import { AttachmentService } from '../attachment/attachment-service.ts';
import { AnswerService } from '../chat/answer-service.ts';
import { ChatService, type SentMessage } from '../chat/chat-service.ts';
import { ContextService } from '../chat/context-service.ts';
import { ModelCatalog } from '../provider/model-catalog.ts';
import { ProviderRegistry } from '../provider/provider-registry.ts';
import type { RunWatcher } from '../run/live-run.ts';
import type { RunEvent, RunSnapshot } from '../run/run-event.ts';
import { type RunObserver, RunService } from '../run/run-service.ts';
import { SettingsService } from '../settings/settings-service.ts';
import { toUserId } from '../shared/ids.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createMemoryFiles, type MemoryFiles } from './memory-files.ts';
import { createMemoryLogger, type MemoryLogger } from './memory-logger.ts';
import { createMemoryStorage, type MemoryStorage } from './memory-storage.ts';
import { type ScriptedModel, scriptedModel } from './scripted-model.ts';

export interface TestCoreOptions {
  /** Absent: one scripted model. */
  readonly providers?: readonly ScriptedModel[] | undefined;
  /** Of a process before: what it stored is found again. */
  readonly storage?: MemoryStorage | undefined;
  /** As `storage`. */
  readonly files?: MemoryFiles | undefined;
  readonly processId?: string | undefined;
  readonly observer?: RunObserver | undefined;
}

/** The core as the server wires it, over fakes. */
export interface TestCore {
  readonly storage: MemoryStorage;
  readonly files: MemoryFiles;
  readonly clock: FakeClock;
  readonly logger: MemoryLogger;
  readonly registry: ProviderRegistry;
  readonly models: ModelCatalog;
  readonly runs: RunService;
  readonly attachments: AttachmentService;
  readonly chats: ChatService;
  readonly answers: AnswerService;
  readonly context: ContextService;
  readonly settings: SettingsService;
  /** The first provider. */
  readonly model: ScriptedModel;
  /** Sends a question to a new chat. */
  ask(text: string, who?: Actor): Promise<SentMessage>;
}

/** The largest file that tests may upload. */
export const testUploadBytes = 1_000;

export const testActor = (name = 'ann'): Actor => ({ kind: 'user', userId: toUserId(name), role: 'member' });

/** Ids that grow, and say which is which in a failed test. */
export function createTestIds(prefix = 'id'): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}-${String(count).padStart(6, '0')}`;
  };
}

export async function createTestCore(options: TestCoreOptions = {}): Promise<TestCore> {
  const { storage = createMemoryStorage(), files = createMemoryFiles(), processId = 'process-1' } = options;
  const model = options.providers?.[0] ?? scriptedModel();
  const providers = options.providers ?? [model];
  const clock = createFakeClock();
  const logger = createMemoryLogger();
  const registry = new ProviderRegistry({ plugins: providers.map(({ plugin }) => plugin), clock, logger, unseal: () => ({}) });
  registry.load(providers.map(({ record }) => record));
  const models = new ModelCatalog({ registry, clock, logger });
  const newId = createTestIds(processId);
  const attachments = new AttachmentService({ storage, files, clock, logger, newId, maxBytes: testUploadBytes });
  const runs = new RunService({
    storage,
    clock,
    logger,
    registry,
    models,
    process: { id: processId, newId, observer: options.observer, attachments },
  });
  const chats = new ChatService({ storage, clock, runs, models, attachments, newId });
  const answers = new AnswerService({ storage, clock, runs, models, newId });
  const context = new ContextService({ storage, models, attachments });
  const settings = new SettingsService({ storage, clock, models });
  const ask = async (text: string, who = testActor()): Promise<SentMessage> => {
    const chat = await chats.create(who, {});
    return chats.send(who, chat.id, { text, model: model.publicId });
  };
  return { storage, files, clock, logger, registry, models, runs, attachments, chats, answers, context, settings, model, ask };
}

/** Reads a watcher to its end. The clock is not moved: what is asked for must have been shown. */
export async function readAll(watcher: RunWatcher, signal = new AbortController().signal): Promise<readonly (RunEvent | RunSnapshot)[]> {
  const seen: (RunEvent | RunSnapshot)[] = [];
  for (let batch = await watcher.next(signal); batch; batch = await watcher.next(signal)) seen.push(...batch);
  return seen;
}
