import { endingOf } from './attachment.ts';

/** Whether the beginning of a file is text in UTF-8, UTF-16 with its mark, or an old one-byte alphabet. */
export function looksLikeText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  if (wideMarkOf(head)) return true;
  return !head.some(isControl);
}

/** No text has them; tab, line ends, form feed and escape it may have. */
function isControl(byte: number): boolean {
  return byte < 0x20 ? !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b : byte === 0x7f;
}

function wideMarkOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

/** What is not UTF-8 is most likely an old Russian table or letter: Windows-1251. */
export function decodeText(bytes: Uint8Array): string {
  const wide = wideMarkOf(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

/** As part of a message: under its name, in a fence that nothing inside closes. */
export function toTextBlock(name: string, text: string): string {
  const runs = text.match(/`{3,}/g) ?? [];
  const fence = '`'.repeat(runs.reduce((longest, { length }) => Math.max(longest, length + 1), 3));
  return `${name}:\n\n${fence}${endingOf(name)}\n${text.trimEnd()}\n${fence}`;
}
