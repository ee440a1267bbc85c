export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const toRecord = (value: unknown): Json => (isRecord(value) ? value : {});
export const toText = (value: unknown): string => (typeof value === 'string' ? value : '');
export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Gateways of protobuf services take int64 as a string and as a number. */
export function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Gateways of protobuf services take both spellings of a member. */
export function member(record: Json, camelName: string): unknown {
  return record[camelName] ?? record[camelName.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

/** `undefined` when the text is no JSON object. */
export function parseRecord(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
