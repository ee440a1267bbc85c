import type { Price } from '../model/model-info.ts';
import type { Usage } from '../model/stream-event.ts';

export interface Cost {
  /** In units of `currency`, six decimals at most. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  /** True while it is computed from a price book; false once a vendor billed it. */
  readonly isEstimated: boolean;
}

/** Reasoning tokens are part of the output and billed as such. */
export function estimateCost(usage: Usage, price: Price): Cost {
  const cached = Math.min(usage.cachedInputTokens ?? 0, usage.inputTokens);
  const millionths =
    (usage.inputTokens - cached) * price.inputPerMillion +
    cached * (price.cachedInputPerMillion ?? price.inputPerMillion) +
    usage.outputTokens * price.outputPerMillion;
  return { amount: Math.round(millionths) / 1_000_000, currency: price.currency, isEstimated: true };
}
