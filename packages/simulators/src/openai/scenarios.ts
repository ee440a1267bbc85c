import type { ConformanceScenario } from '../conformance.ts';
import { filterRefusal } from '../host/directives.ts';
import { type Json, toText } from '../host/json.ts';
import { planFromScenario } from '../host/plan.ts';
import type { Question, ToolUse } from '../host/question.ts';
import { answerScript, finish, type Plan, type Step, type Tokens, textSteps } from '../host/script.ts';

/** What only these servers do, beside what every simulator can be asked for. */
export type OpenAiScenario =
  | ConformanceScenario
  /** No scenario: directives in the message, or the default answer. */
  | { readonly kind: 'default' }
  /** The body of a streamed answer exactly as given. */
  | { readonly kind: 'raw'; readonly body: string; readonly chunkBytes?: number }
  | { readonly kind: 'filter'; readonly pieces: readonly string[]; readonly refusal?: string }
  | { readonly kind: 'truncated'; readonly pieces: readonly string[]; readonly tokens?: Tokens }
  /** `isEndless`: results are answered with the same calls again. */
  | { readonly kind: 'tool-calls'; readonly calls: readonly ToolUse[]; readonly isEndless?: boolean }
  | { readonly kind: 'reasoning'; readonly thoughts: readonly string[]; readonly pieces: readonly string[]; readonly tokens?: Tokens }
  | { readonly kind: 'stream-error'; readonly pieces: readonly string[]; readonly status?: number; readonly message?: string }
  /** Every request is answered with exactly this. */
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly body: string;
      readonly contentType?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

const kinds: readonly OpenAiScenario['kind'][] = [
  'answer',
  'unauthorized',
  'rate-limited',
  'server-error-html',
  'slow-first-token',
  'stall',
  'cut',
  'garbage',
  'default',
  'raw',
  'filter',
  'truncated',
  'tool-calls',
  'reasoning',
  'stream-error',
  'http',
];

/** A scenario from another process; only its kind is checked, since only our own tests send it. */
export function toOpenAiScenario(value: Json): OpenAiScenario {
  if (!isScenario(value)) throw new Error(`unknown scenario '${toText(value['kind'])}'; known: ${kinds.join(', ')}`);
  return value;
}

function isScenario(value: unknown): value is OpenAiScenario {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.some((kind) => kind === value.kind);
}

/** `undefined`: the question itself decides. */
export function planOf(scenario: OpenAiScenario, question: Question): Plan | undefined {
  switch (scenario.kind) {
    case 'default':
    case 'http':
      return undefined;
    case 'raw':
      return { type: 'script', script: { steps: [{ type: 'raw', body: scenario.body }], chunkBytes: scenario.chunkBytes } };
    case 'filter':
      return scripted([...textSteps(scenario.pieces), finish({ reason: 'filter', text: scenario.refusal ?? filterRefusal })]);
    case 'truncated':
      return scripted([...textSteps(scenario.pieces), finish({ reason: 'truncated' })], scenario.tokens);
    case 'tool-calls':
      return toolCallsPlan(scenario, question);
    case 'reasoning': {
      const thoughts = scenario.thoughts.map((text) => ({ type: 'reasoning', text }) as const);
      return scripted([...thoughts, ...answerScript(scenario.pieces).steps], scenario.tokens);
    }
    case 'stream-error': {
      const fault = { status: scenario.status ?? 500, message: scenario.message ?? 'The server had an error' };
      return scripted([...textSteps(scenario.pieces), { type: 'fault', fault }]);
    }
    default:
      return planFromScenario(scenario, question);
  }
}

const scripted = (steps: readonly Step[], tokens?: Tokens): Plan => ({ type: 'script', script: { steps, tokens } });

function toolCallsPlan(scenario: Extract<OpenAiScenario, { kind: 'tool-calls' }>, question: Question): Plan | undefined {
  const hasResults = (question.turns.at(-1)?.toolResults.length ?? 0) > 0;
  if (hasResults && scenario.isEndless !== true) return undefined;
  const calls = question.parallelToolCalls ? scenario.calls : scenario.calls.slice(0, 1);
  return scripted([finish({ reason: 'tools', calls })]);
}
