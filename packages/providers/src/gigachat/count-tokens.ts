import { z } from 'zod';
import { callJson } from '../shared/call-json.ts';
import type { GigaChatAccount } from './gigachat-account.ts';

const counts = z.array(z.object({ tokens: z.number() }));

export async function countTokens({ api, address }: GigaChatAccount, model: string, text: string, signal: AbortSignal): Promise<number> {
  const body = { model, input: [text] };
  const answer = await callJson(api, { method: 'POST', path: `${address.v1}/tokens/count`, body, schema: counts, signal });
  return answer.reduce((sum, { tokens }) => sum + tokens, 0);
}
