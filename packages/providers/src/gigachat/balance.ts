import { type BalanceEntry, ProviderError } from '@multimodel/core';
import { z } from 'zod';
import { callJson } from '../shared/call-json.ts';
import type { GigaChatAccount } from './gigachat-account.ts';

const balance = z.object({ balance: z.array(z.object({ usage: z.string(), value: z.number() })) });

/** Tokens left of what was bought, by family of models. Who pays as he goes is refused, which is no fault. */
export async function fetchBalance({ api, address }: GigaChatAccount, signal: AbortSignal): Promise<readonly BalanceEntry[] | undefined> {
  try {
    const answer = await callJson(api, { method: 'GET', path: `${address.v1}/balance`, schema: balance, signal });
    return answer.balance.map(({ usage: name, value: amount }) => ({ name, amount, unit: 'tokens' }));
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'permission') return undefined;
    throw error;
  }
}
