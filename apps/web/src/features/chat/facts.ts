import type { CostDto, MessageDto } from '@multimodel/contract';
import { m } from '../../paraglide/messages.js';

export type Language = 'ru' | 'en';

/** 40 ms, 0.8 s, 12 s, 2 min 5 s: as exact as it is useful. */
export function formatDuration(ms: number, language: Language): string {
  const seconds = ms / 1000;
  if (seconds >= 60) {
    const minutes = unit(Math.floor(seconds / 60), 'minute', language);
    const rest = Math.round(seconds % 60);
    return rest === 0 ? minutes : `${minutes} ${unit(rest, 'second', language)}`;
  }
  if (ms < 100) return unit(Math.round(ms), 'millisecond', language);
  return unit(seconds, 'second', language, seconds < 10 ? 1 : 0);
}

function unit(value: number, name: 'millisecond' | 'second' | 'minute', language: Language, digits = 0): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
}

/** Prices of answers are small: two digits that say something, never a false zero. */
export function formatCost({ amount, currency, isEstimated }: CostDto, language: Language): string {
  const digits =
    amount !== 0 && Math.abs(amount) < 1 ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const text = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits }).format(amount);
  return isEstimated ? `≈\u00a0${text}` : text;
}

export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language).format(value);
}

export interface Fact {
  readonly key: string;
  readonly text: string;
  readonly hint?: string | undefined;
}

/** The line under an answer; only what is known. */
export function factsOf(message: MessageDto, modelName: string | undefined, language: Language): readonly Fact[] {
  const { usage, cost, timings } = message;
  const facts: (Fact | undefined)[] = [
    modelName ? { key: 'model', text: modelName, hint: message.modelVersion } : undefined,
    timings?.queueMs && timings.queueMs >= 1000
      ? { key: 'queue', text: m.facts_queue({ time: formatDuration(timings.queueMs, language) }) }
      : undefined,
    timings?.firstTokenMs === undefined
      ? undefined
      : { key: 'first', text: m.facts_first_token({ time: formatDuration(timings.firstTokenMs, language) }) },
    timings ? { key: 'total', text: m.facts_total({ time: formatDuration(timings.totalMs, language) }) } : undefined,
    usage ? tokensFact(usage, language) : undefined,
    cost ? { key: 'cost', text: formatCost(cost, language), hint: cost.isEstimated ? m.facts_estimated() : undefined } : undefined,
  ];
  return facts.filter((fact) => fact !== undefined);
}

function tokensFact(usage: NonNullable<MessageDto['usage']>, language: Language): Fact {
  const count = usage.inputTokens + usage.outputTokens;
  const shown = `${usage.isEstimated ? '≈\u00a0' : ''}${formatNumber(count, language)}`;
  const split = m.facts_tokens_split({
    input: formatNumber(usage.inputTokens, language),
    output: formatNumber(usage.outputTokens, language),
  });
  return { key: 'tokens', text: m.facts_tokens({ count, shown }), hint: usage.isEstimated ? `${split}. ${m.facts_estimated()}` : split };
}
