import type { ConformanceScenario } from '../conformance.ts';
import { filterRefusal } from '../host/directives.ts';
import { type Json, toText } from '../host/json.ts';
import { planFromScenario } from '../host/plan.ts';
import type { Question, ToolUse } from '../host/question.ts';
import { answerScript, finish, type Plan, type Step, type Tokens, textSteps } from '../host/script.ts';
import type { ErrorEnvelope } from './errors.ts';

interface Framing {
  readonly chunkBytes?: number;
  readonly lineEnd?: '\n' | '\r\n';
  readonly hasNoFinalNewline?: boolean;
}

/** What only this vendor does, beside what every simulator can be asked for. */
export type GigaChatScenario =
  | ConformanceScenario
  /** No scenario: directives in the message, or the default answer. */
  | { readonly kind: 'default' }
  | ({ readonly kind: 'framed-answer'; readonly pieces: readonly string[]; readonly tokens?: Tokens } & Framing)
  /** The body of the answer exactly as given. */
  | { readonly kind: 'raw'; readonly body: string; readonly chunkBytes?: number }
  | { readonly kind: 'filter'; readonly pieces: readonly string[]; readonly refusal?: string }
  | { readonly kind: 'truncated'; readonly pieces: readonly string[]; readonly tokens?: Tokens }
  /** Ends with any reason, such as `error`, `function_call_error`, `response_blacklist`. */
  | { readonly kind: 'ending'; readonly pieces: readonly string[]; readonly finishReason: string }
  /** v1 says the first call only. `isEndless`: results are answered with the same calls again. */
  | { readonly kind: 'tool-calls'; readonly calls: readonly ToolUse[]; readonly isEndless?: boolean }
  | { readonly kind: 'reasoning'; readonly thoughts: readonly string[]; readonly pieces: readonly string[]; readonly tokens?: Tokens }
  | { readonly kind: 'stream-error'; readonly pieces: readonly string[]; readonly status?: number; readonly message?: string }
  /** A refusal of every API call with any text, in any envelope. */
  | { readonly kind: 'error'; readonly status: number; readonly message: string; readonly envelope?: ErrorEnvelope }
  /** The token service refuses; the API goes on. */
  | { readonly kind: 'oauth-error'; readonly status: number; readonly code?: number; readonly message?: string }
  | { readonly kind: 'oauth-html'; readonly status: 500 | 502 | 503 }
  /** Tokens given out so far have expired; new ones are accepted. */
  | { readonly kind: 'expired-token' };

const kinds: readonly GigaChatScenario['kind'][] = [
  'answer',
  'unauthorized',
  'rate-limited',
  'server-error-html',
  'slow-first-token',
  'stall',
  'cut',
  'garbage',
  'default',
  'framed-answer',
  'raw',
  'filter',
  'truncated',
  'ending',
  'tool-calls',
  'reasoning',
  'stream-error',
  'error',
  'oauth-error',
  'oauth-html',
  'expired-token',
];

/** A scenario from another process; only its kind is checked, since only our own tests send it. */
export function toGigaChatScenario(value: Json): GigaChatScenario {
  if (!isScenario(value)) throw new Error(`unknown scenario '${toText(value['kind'])}'; known: ${kinds.join(', ')}`);
  return value;
}

function isScenario(value: unknown): value is GigaChatScenario {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.some((kind) => kind === value.kind);
}

/** `undefined`: the question itself decides. */
export function planOf(scenario: GigaChatScenario, question: Question): Plan | undefined {
  switch (scenario.kind) {
    case 'default':
    case 'expired-token':
    case 'oauth-error':
    case 'oauth-html':
    case 'error':
      return undefined;
    case 'framed-answer': {
      const { chunkBytes, lineEnd, hasNoFinalNewline, tokens } = scenario;
      return { type: 'script', script: { ...answerScript(scenario.pieces), tokens, chunkBytes, lineEnd, hasNoFinalNewline } };
    }
    case 'raw':
      return { type: 'script', script: { steps: [{ type: 'raw', body: scenario.body }], chunkBytes: scenario.chunkBytes } };
    case 'filter':
      return scripted([...textSteps(scenario.pieces), finish({ reason: 'filter', text: scenario.refusal ?? filterRefusal })]);
    case 'truncated':
      return scripted([...textSteps(scenario.pieces), finish({ reason: 'truncated' })], scenario.tokens);
    case 'ending':
      return scripted([...textSteps(scenario.pieces), finish({ reason: 'final' })]);
    case 'tool-calls':
      return toolCallsPlan(scenario, question);
    case 'reasoning': {
      const thoughts = scenario.thoughts.map((text) => ({ type: 'reasoning', text }) as const);
      return scripted([...thoughts, ...answerScript(scenario.pieces).steps], scenario.tokens);
    }
    case 'stream-error': {
      const fault = { status: scenario.status ?? 500, message: scenario.message ?? 'Internal Server Error' };
      return scripted([...textSteps(scenario.pieces), { type: 'fault', fault }]);
    }
    default:
      return planFromScenario(scenario, question);
  }
}

const scripted = (steps: readonly Step[], tokens?: Tokens): Plan => ({ type: 'script', script: { steps, tokens } });

function toolCallsPlan(scenario: Extract<GigaChatScenario, { kind: 'tool-calls' }>, question: Question): Plan | undefined {
  const hasResults = (question.turns.at(-1)?.toolResults.length ?? 0) > 0;
  if (hasResults && scenario.isEndless !== true) return undefined;
  return scripted([finish({ reason: 'tools', calls: scenario.calls })]);
}
