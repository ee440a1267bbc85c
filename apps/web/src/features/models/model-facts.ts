import type { ModelDto } from '@multimodel/contract';
import type { Language } from '../chat/facts.ts';

export type Ability = 'pictures' | 'files' | 'tools' | 'reasoning';

export function abilitiesOf({ capabilities, files }: ModelDto): readonly Ability[] {
  const takes = (kind: string) => files?.accepts.some((accepted) => accepted.kind === kind) === true;
  const has: Readonly<Record<Ability, boolean>> = {
    pictures: capabilities.vision || takes('image'),
    files: takes('document') || takes('audio'),
    tools: capabilities.tools,
    reasoning: capabilities.reasoning,
  };
  return abilities.filter((ability) => has[ability]);
}

const abilities = ['pictures', 'files', 'tools', 'reasoning'] as const;

/** As vendors call it: 131,072 tokens are 128K, and so are 128,000. */
export function formatWindow(tokens: number, language: Language): string {
  const thousands = tokens % 8192 === 0 ? tokens / 1024 : tokens / 1000;
  const digits = thousands < 2 || thousands >= 1000 ? 1 : 0;
  return new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: digits }).format(thousands * 1000);
}

/** Money for a million tokens; a currency that nobody knows stands as the vendor writes it. */
export function formatPrice(amount: number, currency: string, language: Language): string {
  const digits = amount !== 0 && amount < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 };
  const how = { ...digits, trailingZeroDisplay: 'stripIfInteger' } as const;
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...how }).format(amount);
  } catch {
    return `${new Intl.NumberFormat(language, how).format(amount)}\u00a0${currency}`;
  }
}
