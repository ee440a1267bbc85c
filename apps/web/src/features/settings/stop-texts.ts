import { limits } from '@multimodel/contract/limits';

/** One text a line; a line break inside of a text is written `\n`, a tab `\t`. */
export function toLines(texts: readonly string[] | undefined): string {
  return (texts ?? []).map((text) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t')).join('\n');
}

export function readLines(lines: string): readonly string[] | undefined {
  const texts = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/\\([nt\\])/g, (_match, mark: string) => marks[mark] ?? mark));
  return texts.length === 0 ? undefined : [...new Set(texts)];
}

const marks: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\' };

export function stopFault(texts: readonly string[] | undefined): 'too-many' | 'too-long' | undefined {
  if (!texts) return undefined;
  if (texts.length > limits.stopTexts) return 'too-many';
  return texts.some((text) => text.length > limits.stopCharacters) ? 'too-long' : undefined;
}
