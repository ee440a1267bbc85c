import type { ConformanceScenario } from '../conformance.ts';
import { filterRefusal } from '../host/directives.ts';
import { type Json, toText } from '../host/json.ts';
import { planFromScenario } from '../host/plan.ts';
import type { Question, ToolUse } from '../host/question.ts';
import { answerScript, finish, type Plan, type Script, type Step, type Tokens, textSteps } from '../host/script.ts';
import { Refusal } from './errors.ts';
import { nativeFrame } from './native-encoder.ts';

export interface NativeFrame {
  readonly text?: string;
  /** Without the prefix `ALTERNATIVE_STATUS_`. */
  readonly status: string;
  readonly calls?: readonly ToolUse[];
  readonly tokens?: Tokens;
}

interface Framing {
  readonly chunkBytes?: number;
  readonly lineEnd?: '\n' | '\r\n';
  readonly hasNoFinalNewline?: boolean;
}

/** What only this vendor does, beside what every simulator can be asked for. */
export type YandexGptScenario =
  | ConformanceScenario
  /** No scenario: directives in the message, or the default answer. */
  | { readonly kind: 'default' }
  /** An answer with its bytes cut or ended in a given way. */
  | ({ readonly kind: 'framed-answer'; readonly pieces: readonly string[]; readonly tokens?: Tokens } & Framing)
  /** Native frames exactly as given; the façade's body for `raw`. */
  | ({ readonly kind: 'frames'; readonly frames: readonly NativeFrame[] } & Framing)
  | { readonly kind: 'raw'; readonly body: string }
  | { readonly kind: 'filter'; readonly pieces: readonly string[]; readonly refusal?: string }
  | { readonly kind: 'truncated'; readonly pieces: readonly string[]; readonly tokens?: Tokens }
  /** `isEndless`: results are answered with the same calls again. */
  | { readonly kind: 'tool-calls'; readonly calls: readonly ToolUse[]; readonly isEndless?: boolean }
  | { readonly kind: 'reasoning'; readonly thoughts: readonly string[]; readonly pieces: readonly string[]; readonly tokens?: Tokens }
  | { readonly kind: 'stream-error'; readonly pieces: readonly string[]; readonly status?: number; readonly message?: string }
  /** A refusal with any text, in any envelope. */
  | { readonly kind: 'error'; readonly status: number; readonly message: string; readonly envelope?: ErrorEnvelope }
  /** IAM tokens given out so far are refused; new ones are accepted. */
  | { readonly kind: 'expired-token' }
  /** The asynchronous operation ends with an error; `isEarly`: before it says that it is done. */
  | { readonly kind: 'operation-error'; readonly message: string; readonly isEarly?: boolean };

export type ErrorEnvelope = 'wrapped' | 'flat' | 'openai' | 'text' | 'html';

const kinds: readonly YandexGptScenario['kind'][] = [
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
  'frames',
  'raw',
  'filter',
  'truncated',
  'tool-calls',
  'reasoning',
  'stream-error',
  'error',
  'expired-token',
  'operation-error',
];

/** A scenario from another process; only its kind is checked, since only our own tests send it. */
export function toScenario(value: Json): YandexGptScenario {
  const kind = toText(value['kind']);
  if (!isScenario(value)) throw new Error(`unknown scenario '${kind}'; known: ${kinds.join(', ')}`);
  return value;
}

function isScenario(value: unknown): value is YandexGptScenario {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.some((kind) => kind === value.kind);
}

/** `undefined`: the question itself decides. */
export function planOf(scenario: YandexGptScenario, question: Question): Plan | undefined {
  switch (scenario.kind) {
    case 'default':
    case 'expired-token':
    case 'operation-error':
      return undefined;
    case 'framed-answer': {
      const { chunkBytes, lineEnd, hasNoFinalNewline, tokens } = scenario;
      return scripted({ ...answerScript(scenario.pieces), tokens, chunkBytes, lineEnd, hasNoFinalNewline });
    }
    case 'frames':
      return scripted(framesScript(scenario));
    case 'raw':
      return scripted({ steps: [{ type: 'raw', body: scenario.body }] });
    case 'filter':
      return scripted({ steps: [...textSteps(scenario.pieces), finish({ reason: 'filter', text: scenario.refusal ?? filterRefusal })] });
    case 'truncated':
      return scripted({ steps: [...textSteps(scenario.pieces), finish({ reason: 'truncated' })], tokens: scenario.tokens });
    case 'tool-calls':
      return toolCallsPlan(scenario, question);
    case 'reasoning':
      return scripted({ steps: [...reasoningSteps(scenario.thoughts), ...answerScript(scenario.pieces).steps], tokens: scenario.tokens });
    case 'stream-error': {
      const fault = { status: scenario.status ?? 503, message: scenario.message ?? 'upstream unavailable' };
      return scripted({ steps: [...textSteps(scenario.pieces), { type: 'fault', fault }] });
    }
    case 'error':
      throw new Refusal(scenario.status, scenario.message);
    default:
      return planFromScenario(scenario, question);
  }
}

const scripted = (script: Script): Plan => ({ type: 'script', script });
const reasoningSteps = (thoughts: readonly string[]): readonly Step[] => thoughts.map((text) => ({ type: 'reasoning', text }));

function framesScript({ frames, chunkBytes, lineEnd = '\n', hasNoFinalNewline }: Extract<YandexGptScenario, { kind: 'frames' }>): Script {
  const lines = frames.map(({ text, status, calls, tokens }) => nativeFrame({ text, status, calls, tokens }));
  const body = lines.join('').replaceAll('\n', lineEnd);
  return { steps: [{ type: 'raw', body: hasNoFinalNewline === true ? body.trimEnd() : body }], chunkBytes };
}

function toolCallsPlan(scenario: Extract<YandexGptScenario, { kind: 'tool-calls' }>, question: Question): Plan | undefined {
  const hasResults = (question.turns.at(-1)?.toolResults.length ?? 0) > 0;
  if (hasResults && scenario.isEndless !== true) return undefined;
  const calls = question.parallelToolCalls ? scenario.calls : scenario.calls.slice(0, 1);
  return scripted({ steps: [finish({ reason: 'tools', calls })] });
}
