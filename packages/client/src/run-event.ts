import type { RunEventDto } from '@multimodel/contract';

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only what the reducer leans on: the server validates what it sends, a whole schema per token would cost more than the token. */
const shapes: Readonly<Record<RunEventDto['type'], (event: Fields) => boolean>> = {
  start: (event) => isText(event.runId),
  queued: (event) => typeof event.position === 'number',
  attempt: (event) => isText(event.provider) && isText(event.model),
  warning: (event) => isText(event.code),
  'reasoning-delta': (event) => isText(event.text),
  'text-delta': (event) => isText(event.text),
  'text-replace': (event) => isText(event.text) && typeof event.from === 'number',
  'tool-call': (event) => isText(event.callId) && isText(event.name),
  file: (event) => isObject(event.attachment),
  usage: (event) => isObject(event.usage),
  snapshot: (event) => isText(event.text) && isText(event.reasoning) && Array.isArray(event.toolCalls) && Array.isArray(event.warnings),
  finish: (event) => isText(event.state),
};

function isKnown(type: string): type is RunEventDto['type'] {
  return Object.hasOwn(shapes, type);
}

function isRunEvent(value: Fields): value is Fields & RunEventDto {
  return isText(value.type) && isKnown(value.type) && shapes[value.type](value);
}

export type ParsedFrame =
  | { readonly kind: 'event'; readonly event: RunEventDto }
  /** A type from a newer server: it counts, and is not shown. */
  | { readonly kind: 'unknown'; readonly seq: number }
  | { readonly kind: 'malformed' };

/** Reads the `data` of one frame of `GET /api/v1/runs/:id/events`. */
export function parseRunEvent(data: string): ParsedFrame {
  const value = parseJson(data);
  if (!isObject(value) || !Number.isSafeInteger(value.seq) || !isText(value.type)) return { kind: 'malformed' };
  if (isRunEvent(value)) return { kind: 'event', event: value };
  return isKnown(value.type) ? { kind: 'malformed' } : { kind: 'unknown', seq: Number(value.seq) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
