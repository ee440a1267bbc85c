import type { Localized, ProviderError } from '@multimodel/core';
import type { z } from 'zod';
import { parseJson } from '../decode/parse-json.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import { createProviderError } from '../errors/provider-error.ts';
import type { TransportResponse } from './transport.ts';

export interface ReadTextOptions {
  /** Bytes at most; what is beyond is left and the connection closed. */
  readonly limitBytes: number;
}

/**
 * The body as text (UTF-8), cut at `limitBytes`. Throws what the body throws.
 *
 * @example
 * const page = await readText(response, { limitBytes: 65_536 });
 */
export async function readText(response: TransportResponse, { limitBytes }: ReadTextOptions): Promise<string> {
  const { text } = await readBounded(response, limitBytes);
  return text;
}

export interface ReadJsonOptions extends ReadTextOptions {
  /** Slug of the configured provider; named in errors. */
  readonly providerId: string;
}

/**
 * The body as JSON of the given shape. Throws `protocol` when it is longer than `limitBytes`, not JSON or of another shape.
 *
 * @example
 * const { data } = await readJson(response, modelList, { providerId: context.slug, limitBytes: 1_000_000 });
 */
export async function readJson<T>(response: TransportResponse, schema: z.ZodType<T>, options: ReadJsonOptions): Promise<T> {
  const { providerId, limitBytes } = options;
  const { text, isWhole } = await readBounded(response, limitBytes);
  const fault = (text: Localized): ProviderError =>
    createProviderError('protocol', text, { providerId, details: { status: response.status } });
  if (!isWhole) throw fault(faultTexts.answerTooLong(limitBytes));
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw fault(faultTexts.answerOfAnotherForm);
  return parsed.data;
}

async function readBounded(response: TransportResponse, limitBytes: number): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > limitBytes) break;
  }
  const bytes = Buffer.concat(chunks);
  return { text: new TextDecoder().decode(bytes.subarray(0, limitBytes)), isWhole: size <= limitBytes };
}
