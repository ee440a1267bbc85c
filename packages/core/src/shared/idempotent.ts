import type { Actor } from '../account/actor.ts';
import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import type { JsonObject } from '../model/chat-request.ts';
import type { Clock } from './clock.ts';
import type { IdempotencyRecord } from './idempotency.ts';
import type { Storage, StorageWriter } from './storage.ts';

/** The caller's key and a hash of what it asked for. */
export interface Idempotency {
  readonly key: string;
  readonly fingerprint: string;
}

export interface OnceOptions<Receipt extends JsonObject> {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly idempotency: Idempotency | undefined;
  /** Does the writes and answers with ids by which the result can be found again. */
  work(tx: StorageWriter): Promise<Receipt>;
}

export interface OnceResult<Receipt> {
  readonly receipt: Receipt;
  /** True when an earlier request with this key did the work. */
  readonly isReplay: boolean;
}

class LostRace extends Error {}

/** Runs `work` in one transaction with the record of its key: a repeated request finds the first one's receipt and writes nothing. */
export async function once<Receipt extends JsonObject>(options: OnceOptions<Receipt>): Promise<OnceResult<Receipt>> {
  const { storage, actor, idempotency } = options;
  if (!idempotency) return { receipt: await storage.transact((tx) => options.work(tx)), isReplay: false };
  const earlier = await storage.read.idempotency.find(actor.userId, idempotency.key);
  if (earlier) return replay<Receipt>(earlier, idempotency);
  try {
    return { receipt: await storage.transact((tx) => workAndRemember(tx, options, idempotency)), isReplay: false };
  } catch (error) {
    // A conflict may be with what the same request has just made.
    const isConflict = error instanceof AppError && error.code === 'conflict';
    if (!(error instanceof LostRace) && !isConflict) throw error;
    const winner = await storage.read.idempotency.find(actor.userId, idempotency.key);
    if (winner) return replay<Receipt>(winner, idempotency);
    if (isConflict) throw error;
    throw new AppError('conflict', faultTexts.keyInUse, { cause: error });
  }
}

async function workAndRemember<Receipt extends JsonObject>(
  tx: StorageWriter,
  options: OnceOptions<Receipt>,
  idempotency: Idempotency,
): Promise<Receipt> {
  const receipt = await options.work(tx);
  const isFirst = await tx.idempotency.insert({
    ownerId: options.actor.userId,
    key: idempotency.key,
    fingerprint: idempotency.fingerprint,
    response: receipt,
    createdAt: options.clock.now(),
  });
  if (!isFirst) throw new LostRace();
  return receipt;
}

function replay<Receipt extends JsonObject>(record: IdempotencyRecord, idempotency: Idempotency): OnceResult<Receipt> {
  if (record.fingerprint !== idempotency.fingerprint) {
    throw new AppError('idempotency_conflict', faultTexts.keyOfAnother);
  }
  // oxlint-disable-next-line typescript/consistent-type-assertions -- written by workAndRemember of the same route: the fingerprint holds it
  return { receipt: record.response as Receipt, isReplay: true };
}
