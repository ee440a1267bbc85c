import type { Actor } from '../account/actor.ts';
import { authorizeOwner } from '../account/actor.ts';
import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import type { ModelCatalog } from '../provider/model-catalog.ts';
import { continuationLog } from '../run/continuation.ts';
import type { RunService, RunSource } from '../run/run-service.ts';
import type { Clock } from '../shared/clock.ts';
import { type Idempotency, once } from '../shared/idempotent.ts';
import { type ChatId, type MessageId, toMessageId, toRunId } from '../shared/ids.ts';
import type { Storage, StorageWriter } from '../shared/storage.ts';
import type { Chat, GenerationSettings } from './chat.ts';
import { chosenModel } from './chosen-model.ts';
import { assertTakesFiles } from './files-for-model.ts';
import type { Message } from './message.ts';
import { messageOf, stillWritten } from './message-tree.ts';
import { type Answering, newAnswer, newRun } from './new-answer.ts';

export interface AnswerServiceDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly runs: RunService;
  readonly models: ModelCatalog;
  newId(): string;
}

export interface NewAnswer {
  readonly model?: string | undefined;
  readonly settings?: GenerationSettings | undefined;
}

export interface AnswerAddress {
  readonly chatId: ChatId;
  readonly messageId: MessageId;
}

type Made = Answering & { readonly source: RunSource };

/** What can be done with an answer that is at rest. */
export class AnswerService {
  readonly #deps: AnswerServiceDeps;

  constructor(deps: AnswerServiceDeps) {
    this.#deps = deps;
  }

  /** Another answer to the same question, beside the old one; the chat shows the new one. */
  regenerate(actor: Actor, address: AnswerAddress, input: NewAnswer, idempotency?: Idempotency): Promise<Answering> {
    const check = (model: string): Promise<void> => this.#assertTakesQuestion(actor, address, model);
    return this.#answer({ actor, address, model: input.model, idempotency, check }, async (tx, chat, model) => {
      const answer = await answerOf(tx, chat, address.messageId);
      if (answer.parentId === undefined) throw new AppError('conflict', faultTexts.noQuestion);
      const made = newAnswer(this.#deps, answer.parentId, { chat, model, settings: input.settings });
      await tx.messages.insert(made.assistantMessage);
      await tx.runs.insert(made.run);
      await tx.chats.update(chat.id, { leafId: made.assistantMessage.id, updatedAt: made.run.createdAt });
      return { ...made, source: { leaf: answer.parentId } };
    });
  }

  /** An answer that came to a halt goes on: the same message, a new run, any model. */
  continue(actor: Actor, address: AnswerAddress, input: Pick<NewAnswer, 'model'>, idempotency?: Idempotency): Promise<Answering> {
    return this.#answer({ actor, address, model: input.model, idempotency }, async (tx, chat, model) => {
      const answer = await answerOf(tx, chat, address.messageId);
      if (!canContinue(answer)) throw new AppError('conflict', faultTexts.nothingToContinue);
      // What was asked after it was asked about the answer as it is.
      const newest = await tx.messages.findNewestBelow(answer.id);
      if (newest !== answer.id) throw new AppError('conflict', faultTexts.notLastAnswer);
      const run = newRun(this.#deps, answer.id, { chat, model });
      await tx.runs.insert(run);
      // With the run itself: a process killed in the next moment leaves a log that has the answer so far.
      await tx.runs.appendChunks([{ runId: run.id, events: continuationLog(run, answer) }]);
      await tx.messages.resume(answer.id, run.id);
      await tx.chats.update(chat.id, { leafId: answer.id, updatedAt: run.createdAt });
      const { reason: _reason, error: _error, ...kept } = answer;
      return { assistantMessage: { ...kept, state: 'streaming', runId: run.id }, run, source: { leaf: answer.id, continued: answer } };
    });
  }

  async #answer(
    { actor, address, model: wanted, idempotency, check }: Asked,
    make: (tx: StorageWriter, chat: Chat, model: string) => Promise<Made>,
  ): Promise<Answering> {
    const { storage, clock, runs } = this.#deps;
    runs.assertOpen();
    const chat = authorizeOwner(actor, 'Chat', address.chatId, await storage.read.chats.findById(address.chatId));
    const model = await chosenModel(this.#deps, actor, chat, wanted);
    await check?.(model);
    const done: { made?: Made } = {};
    const { receipt, isReplay } = await once({
      storage,
      clock,
      actor,
      idempotency,
      work: async (tx) => {
        const current = authorizeOwner(actor, 'Chat', chat.id, await tx.chats.findById(chat.id));
        const made = await make(tx, current, model);
        done.made = made;
        return { assistantMessageId: made.assistantMessage.id, runId: made.run.id };
      },
    });
    if (isReplay || !done.made) return this.#load(toMessageId(receipt.assistantMessageId), receipt.runId);
    const { source, assistantMessage, run } = done.made;
    // Nothing may fail between the commit and this: a stored run that nobody drives would block its chat.
    runs.launch(run, source);
    return { assistantMessage, run };
  }

  /** The files of a question never change, so that they may be looked at before the transaction. */
  async #assertTakesQuestion(actor: Actor, { chatId, messageId }: AnswerAddress, model: string): Promise<void> {
    const { messages } = this.#deps.storage.read;
    const answer = await messages.findById(messageId);
    const question = answer?.chatId === chatId && answer.parentId !== undefined ? await messages.findById(answer.parentId) : undefined;
    await assertTakesFiles(this.#deps.models, actor, model, question?.attachments ?? []);
  }

  async #load(messageId: MessageId, runId: string): Promise<Answering> {
    const { messages, runs } = this.#deps.storage.read;
    const [assistantMessage, run] = await Promise.all([messages.findById(messageId), runs.findById(toRunId(runId))]);
    if (!assistantMessage || !run) throw new AppError('not_found', faultTexts.keyOfDeleted);
    return { assistantMessage, run };
  }
}

interface Asked {
  readonly actor: Actor;
  readonly address: AnswerAddress;
  readonly model: string | undefined;
  readonly idempotency: Idempotency | undefined;
  /** Before anything is written. */
  check?(model: string): Promise<void>;
}

/** Whether an answer came to its end too early, and there is something to go on with. */
export function canContinue({ role, state, reason, text }: Message): boolean {
  if (role !== 'assistant' || text.trim() === '') return false;
  if (state === 'completed') return reason === 'length';
  return state === 'interrupted' || state === 'stopped' || state === 'failed';
}

async function answerOf(tx: StorageWriter, chat: Chat, id: MessageId): Promise<Message> {
  const message = await messageOf(tx.messages, chat, id, 'messageId');
  if (message.role !== 'assistant') throw new AppError('conflict', faultTexts.notAnAnswer);
  if (message.state === 'streaming') throw stillWritten(message);
  return message;
}
