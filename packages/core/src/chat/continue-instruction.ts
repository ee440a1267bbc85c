/** Data for the model: what follows the unfinished answer. */
const instructions = {
  ru:
    'Твой ответ оборвался. Продолжи его ровно с того места, где он прервался: не повторяй написанное, не начинай заново, ' +
    'без вступлений и извинений. Первый же символ продолжает последнее слово или строку.',
  en:
    'Your answer was cut off. Go on exactly where it stopped: do not repeat what is written, do not start over, ' +
    'no introduction and no apology. Your very first character continues the last word or line.',
} as const;

/** Letters that are looked at: enough to know the language. */
const sampleCharacters = 4_000;
/** Code and names are Latin in a Russian conversation too. */
const russianShare = 0.2;

/** In the language of the conversation. */
export function continueInstruction(...said: readonly string[]): string {
  const sample = said.map((text) => text.slice(0, sampleCharacters)).join(' ');
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const cyrillic = sample.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  return cyrillic > letters * russianShare ? instructions.ru : instructions.en;
}
