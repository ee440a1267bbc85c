import type { CostDto } from '@multimodel/contract';
import type { Texts } from '../texts/texts.ts';
import type { Outcome } from './ask.ts';

/** One line under an answer: who answered, how long it took, what it used and cost. */
export function factsLine({ model, timings, usage, cost }: Outcome, texts: Texts): string {
  const number = (value: number, digits = 0): string => value.toLocaleString(texts.language, { maximumFractionDigits: digits });
  const seconds = (ms: number): string => number(ms / 1000, 1);
  const facts = [
    model,
    timings && texts.say('factsSeconds', { seconds: seconds(timings.totalMs) }),
    timings?.firstTokenMs !== undefined && texts.say('factsFirstWord', { seconds: seconds(timings.firstTokenMs) }),
    usage &&
      approximately(usage.isEstimated) + texts.say('factsTokens', { input: number(usage.inputTokens), output: number(usage.outputTokens) }),
    cost && costText(cost, texts),
  ];
  return facts.filter(Boolean).join(' · ');
}

export function moneyText(amount: number, { currency, texts }: { readonly currency: string; readonly texts: Texts }): string {
  // A sum far below a kopeck must not read as nothing.
  const digits = amount !== 0 && Math.abs(amount) < 0.01 ? 6 : 2;
  return new Intl.NumberFormat(texts.language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: digits,
  }).format(amount);
}

function costText({ amount, currency, isEstimated }: CostDto, texts: Texts): string {
  return approximately(isEstimated) + moneyText(amount, { currency, texts });
}

const approximately = (isEstimated: boolean | undefined): string => (isEstimated ? '≈ ' : '');
