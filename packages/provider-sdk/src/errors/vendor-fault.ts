import { z } from 'zod';
import { parseJson } from '../decode/parse-json.ts';

interface VendorFault {
  readonly message?: string | undefined;
  readonly code?: string | number | undefined;
}

const text = z.string().nullish().catch(undefined);
const code = z.union([z.string(), z.number()]).nullish().catch(undefined);
const fields = { message: text, detail: text, error_description: text, code, type: code, status: code };

/** `{error: {...}}`, `{error: "..."}` or the fields at the top: the shapes that vendors and gateways use. */
const faultBody = z.looseObject({
  ...fields,
  error: z
    .union([z.string(), z.looseObject(fields)])
    .nullish()
    .catch(undefined),
});

const looksLikeMarkup = /^\s*(?:<!doctype|<html|<\?xml|<[a-z][\w-]*[\s>])/i;

/** The vendor's sentence and code out of an error body of a usual shape. Markup gives nothing: nobody wants to read it. */
export function readVendorFault(body: string): VendorFault {
  if (body === '' || looksLikeMarkup.test(body)) return {};
  const json = parseJson(body);
  if (json === undefined) return { message: body };
  const parsed = faultBody.safeParse(Array.isArray(json) ? json[0] : json);
  if (!parsed.success) return {};
  const { error } = parsed.data;
  if (typeof error === 'string')
    return { message: parsed.data.error_description ?? parsed.data.message ?? error, code: codeOf(parsed.data) };
  const source = error ?? parsed.data;
  return { message: source.message ?? source.detail ?? source.error_description ?? undefined, code: codeOf(source) };
}

function codeOf(source: {
  code?: string | number | null | undefined;
  type?: string | number | null | undefined;
  status?: string | number | null | undefined;
}) {
  return source.code ?? source.type ?? source.status ?? undefined;
}
