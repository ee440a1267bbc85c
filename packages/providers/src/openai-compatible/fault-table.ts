import type { ErrorDetails, ProviderErrorCode } from '@multimodel/core';
import type { Fault } from './read-fault.ts';

/** What an error means, with the sentence of `fault-texts.ts` that mends it. */
export const faultIds = [
  'page',
  'down',
  'address',
  'region',
  'key',
  'no-key',
  'quota',
  'content',
  'context',
  'minute',
  'size',
  'loading',
  'not-loaded',
  'model',
  'images',
  'tools',
  'parameter',
  'busy',
  'rate',
  'rights',
  'refused',
  'broken',
] as const;
export type FaultId = (typeof faultIds)[number];

export interface Verdict {
  readonly fault: FaultId;
  readonly code: ProviderErrorCode;
  readonly details?: ErrorDetails | undefined;
  /** Overrides what the code says. */
  readonly mayFailOver?: boolean | undefined;
}

interface Row {
  readonly fault: FaultId;
  readonly code: ProviderErrorCode;
  readonly statuses?: readonly number[];
  readonly codes?: readonly string[];
  readonly pattern?: RegExp;
  /** Everything else is not enough without it. */
  when?(fault: Fault): boolean;
  details?(fault: Fault): ErrorDetails;
  readonly mayFailOver?: boolean;
}

const refusals = [400, 401, 402, 403, 429];

/** Sentences of OpenAI and vLLM; llama.cpp; LM Studio; xAI; Mistral; Moonshot; Groq; DashScope; Together and others. */
const tooLong =
  /maximum context length|exceeds? (?:the )?(?:available|model'?s?|maximum)? ?context (?:size|length|window)|greater than the context length|maximum prompt length|too large for model with \d+ maximum|exceeded model token limit|reduce the length of (?:the|your) (?:messages|prompt)|longer than the maximum model length|range of input length should be|context[_ ]length[_ ]exceeded|prompt is too long|`inputs` tokens \+/iu;

/** Read from the top; the first row that fits decides. */
const rows: readonly Row[] = [
  {
    fault: 'region',
    code: 'permission',
    codes: ['unsupported_country_region_territory'],
    pattern: /country, region|not (?:available|supported) in your (?:country|region|location)|user location is not supported/iu,
  },
  {
    fault: 'quota',
    code: 'quota_exhausted',
    statuses: [402],
    codes: ['insufficient_quota', 'exceeded_current_quota_error', 'insufficient_balance', 'arrearage', 'billing_hard_limit_reached'],
    pattern:
      /insufficient (?:account )?(?:balance|quota|credits?|funds)|exceeded your current quota|more credits|out of credits|(?:no|any) credits|account is in good standing/iu,
    when: ({ status }) => refusals.includes(status),
  },
  {
    fault: 'key',
    code: 'auth',
    statuses: [401],
    codes: ['invalid_api_key', 'invalidapikey', 'invalid_authentication_error', 'authentication_error'],
    pattern: /(?:incorrect|invalid|wrong|expired|no valid) api[- ]?key|api[- ]?key (?:is )?(?:not valid|invalid|expired|missing)/iu,
    when: ({ status }) => refusals.includes(status),
  },
  {
    fault: 'content',
    code: 'content_filtered',
    codes: ['content_filter', 'content_policy_violation', 'data_inspection_failed', 'datainspectionfailed'],
    pattern: /content exists risk|content management policy|inappropriate content|safety system|requires moderation/iu,
    when: ({ status }) => status < 500,
  },
  { fault: 'minute', code: 'context_too_long', pattern: /request too large for model.*(?:per minute|per day)/iu, details: limits },
  {
    fault: 'context',
    code: 'context_too_long',
    codes: ['context_length_exceeded', 'exceed_context_size_error'],
    pattern: tooLong,
    details: limits,
  },
  { fault: 'size', code: 'context_too_long', statuses: [413] },
  { fault: 'loading', code: 'overloaded', pattern: /loading model|model is (?:currently )?loading/iu },
  {
    fault: 'not-loaded',
    code: 'model_not_found',
    pattern: /no models? (?:is |are )?(?:currently )?loaded|model (?:is )?not loaded|failed to load model/iu,
  },
  {
    fault: 'address',
    code: 'invalid_request',
    pattern:
      /invalid url|unknown request url|unexpected endpoint|(?:page|file|route|resource|url|endpoint) not found|cannot (?:get|post) \/|^not found$/iu,
    when: ({ status }) => status === 404 || status === 405 || status >= 500,
    details: () => ({ setting: 'baseUrl', status: 404 }),
    mayFailOver: true,
  },
  {
    fault: 'images',
    code: 'invalid_request',
    pattern:
      /image(?:s|_url)?(?: input| content)?s?.{0,40}(?:not supported|unsupported|not allowed|mmproj)|(?:does not|doesn't|no) support.{0,24}(?:image|vision|multimodal)|not a (?:vision|multimodal) model|endpoints found that support image/iu,
    when: ({ status }) => status <= 500,
  },
  {
    fault: 'tools',
    code: 'invalid_request',
    pattern:
      /does not support (?:tool|function)|(?:tool|function)s?(?: use| call(?:s|ing)?)?.{0,20} (?:is|are) not supported|enable-auto-tool-choice|no endpoints found that support tool/iu,
  },
  {
    fault: 'parameter',
    code: 'invalid_request',
    codes: ['unsupported_parameter', 'unsupported_value', 'extra_forbidden'],
    pattern:
      /unsupported (?:parameter|value)|unrecognized request argument|extra inputs are not permitted|unknown (?:field|parameter)|unsupported_parameter/iu,
    when: ({ status }) => status < 500,
    details: (fault) => optional('parameter', parameterOf(fault)),
  },
  {
    fault: 'model',
    code: 'model_not_found',
    codes: ['model_not_found', 'modelnotfound', 'model_not_exist', 'resource_not_found_error'],
    pattern:
      /models? .{0,80}(?:not found|does not exist|not exist|not a valid|is not available|not supported|was not found|decommissioned)|(?:unknown|invalid|no such) model|not a valid model|no endpoints found/iu,
    when: ({ status }) => status < 500,
  },
  {
    fault: 'address',
    code: 'invalid_request',
    statuses: [404, 405],
    // Whatever has this API speaks of the model when that is what it misses.
    when: ({ message }) => !/model|deployment|engine/iu.test(message),
    details: () => ({ setting: 'baseUrl', status: 404 }),
    mayFailOver: true,
  },
  { fault: 'model', code: 'model_not_found', statuses: [404] },
  {
    fault: 'busy',
    code: 'overloaded',
    codes: ['engine_overloaded_error', 'capacity_exceeded'],
    pattern: /overloaded|at capacity|over capacity/iu,
  },
  { fault: 'rate', code: 'rate_limited', statuses: [429], codes: ['rate_limit_exceeded', 'rate_limit_reached_error'] },
  { fault: 'rights', code: 'permission', statuses: [403] },
];

/** What a fault means; `undefined`: no more than its status says. */
export function judge(fault: Fault): Verdict | undefined {
  const row = rows.find((each) => fits(each, fault));
  if (!row) return undefined;
  return { fault: row.fault, code: row.code, details: row.details?.(fault), mayFailOver: row.mayFailOver };
}

function fits({ statuses, codes, pattern, when }: Row, fault: Fault): boolean {
  if (when?.(fault) === false) return false;
  const isNamed = codes?.some((code) => fault.codes.includes(code)) ?? false;
  return isNamed || (statuses?.includes(fault.status) ?? false) || (pattern?.test(fault.message) ?? false);
}

const limitPatterns = [
  /maximum context length (?:is|of) (\d+)/iu,
  /available context size \(?(\d+)/iu,
  /maximum (?:prompt|model) length (?:is|of) (\d+)/iu,
  /model with (\d+) maximum/iu,
  /token limit: (\d+)/iu,
  /context length of (?:only )?(\d+)/iu,
  /limit:? (\d+)/iu,
  /range of input length should be \[\d+, (\d+)\]/iu,
];
const gotPatterns = [
  /resulted in (\d+) tokens/iu,
  /requested (?:about )?(\d+)/iu,
  /request \((\d+) tokens\)/iu,
  /requested: (\d+)/iu,
  /contains (\d+) tokens/iu,
  /prompt contains (\d+)/iu,
];

function limits({ message }: Fault): ErrorDetails {
  return { ...optional('limit', firstNumber(limitPatterns, message)), ...optional('got', firstNumber(gotPatterns, message)) };
}

function firstNumber(patterns: readonly RegExp[], text: string): number | undefined {
  const found = patterns.map((pattern) => pattern.exec(text)?.[1]).find((number) => number !== undefined);
  return found === undefined ? undefined : Number(found);
}

function parameterOf({ param, message }: Fault): string | undefined {
  return param ?? /(?:parameter|value|argument(?: supplied)?|field):? ['"`]?([a-z_.]+)['"`]?/iu.exec(message)?.[1];
}

function optional(name: string, value: string | number | undefined): ErrorDetails {
  return value === undefined ? {} : { [name]: value };
}
