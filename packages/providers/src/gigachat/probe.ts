import { type Localized, type ProbeResult, ProviderError } from '@multimodel/core';
import { fetchBalance } from './balance.ts';
import type { GigaChatAccount } from './gigachat-account.ts';
import { listModels } from './list-models.ts';
import { balanceNote, httpNotes } from './notices.ts';

/** A token and a list of models: cheap and unpaid, and it needs all that an answer needs. */
export async function probe(account: GigaChatAccount, signal: AbortSignal): Promise<ProbeResult> {
  const { clock, connection } = account;
  const startedAt = clock.monotonic();
  await listModels(account, signal);
  const latencyMs = clock.monotonic() - startedAt;
  const { httpVersion } = connection;
  const notes = [...(httpVersion === undefined ? [] : [httpNotes[httpVersion]]), ...(await noteOfBalance(account, signal))];
  return { ok: true, latencyMs, notes };
}

/** Not every installation can tell it, and that is no reason to find fault. */
async function noteOfBalance(account: GigaChatAccount, signal: AbortSignal): Promise<readonly Localized[]> {
  try {
    const entries = await fetchBalance(account, signal);
    return entries === undefined || entries.length === 0 ? [] : [balanceNote(entries)];
  } catch (error) {
    if (error instanceof ProviderError && error.code !== 'cancelled') return [];
    throw error;
  }
}
