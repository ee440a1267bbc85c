import { type ErrorAnswer, parseJson } from '@multimodel/provider-sdk';
import { z } from 'zod';

/** What an answer says is wrong, whoever wrote it. */
export interface Fault {
  readonly status: number;
  /** Code and type, the more telling first, in lower case. */
  readonly codes: readonly string[];
  readonly param: string | undefined;
  /** Empty for markup: nobody wants to read it. */
  readonly message: string;
}

const text = z.string().nullish().catch(undefined);
const code = z.union([z.string(), z.number()]).nullish().catch(undefined);
const problems = z
  .array(z.object({ msg: text, message: text }))
  .transform((list) => list.map(({ msg, message }) => msg ?? message ?? '').join('; '));
const words = z.union([z.string(), problems]).nullish().catch(undefined);

const members = {
  message: words,
  detail: words,
  code,
  type: code,
  param: text,
  /** Of OpenRouter: what its own upstream said. */
  metadata: z
    .object({ raw: text, reasons: z.array(z.string()).nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
};
const inner = z
  .union([z.string(), z.object(members)])
  .nullish()
  .catch(undefined);
const envelope = z.object({ ...members, error: inner });

type Members = Partial<z.output<z.ZodObject<typeof members>>>;

/** OpenAI's envelope, those of vLLM, FastAPI, xAI, DashScope, LM Studio and Google, or plain text. */
export function readFault({ status, body = '' }: ErrorAnswer): Fault {
  const json = parseJson(body);
  const parsed = envelope.safeParse(Array.isArray(json) ? json[0] : json);
  if (!parsed.success) return inPlainText(status, json === undefined ? body : '');
  const own = membersOf(parsed.data);
  const told = [own.message ?? own.detail, own.metadata?.raw, ...(own.metadata?.reasons ?? [])].filter((each) => Boolean(each));
  const codes = [own.code, own.type].flatMap((each) => (each ? [String(each).toLowerCase()] : []));
  return {
    status: statusOf(status, own.code),
    codes,
    param: own.param ?? undefined,
    message: told.join(' '),
  };
}

/** Those inside, or those at the top where the error is a mere sentence or nothing. */
function membersOf({ error, ...top }: z.output<typeof envelope>): Members {
  if (typeof error === 'string') return { ...top, message: error };
  return error ?? top;
}

const inPlainText = (status: number, body: string): Fault => ({
  status,
  codes: [],
  param: undefined,
  message: body.trimStart().startsWith('<') ? '' : body.trim(),
});

/** An error inside a 200 was given 500 for want of a better one: a number in it says more. */
function statusOf(status: number, told: string | number | null | undefined): number {
  const number = Number(told);
  return status === 500 && Number.isInteger(number) && number >= 400 && number < 600 ? number : status;
}
