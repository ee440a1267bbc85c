import type { ConformanceScenario } from '../conformance.ts';
import { type Json, toText } from './json.ts';
import { planFromScenario } from './plan.ts';
import type { Question, ToolUse } from './question.ts';
import { answerScript, finish, type Plan, type Script, type Tokens, textSteps } from './script.ts';

/** What a simulator with one surface can be asked for. */
export type VendorScenario =
  | ConformanceScenario
  /** No scenario: directives in the message, or the default answer. */
  | { readonly kind: 'default' }
  /** 200 with exactly this body. */
  | { readonly kind: 'raw'; readonly body: string; readonly chunkBytes?: number }
  /** A refusal with exactly this body. */
  | { readonly kind: 'error'; readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'reasoning'; readonly thoughts: readonly string[]; readonly pieces: readonly string[]; readonly tokens?: Tokens }
  | { readonly kind: 'tool-calls'; readonly calls: readonly ToolUse[] }
  | { readonly kind: 'truncated'; readonly pieces: readonly string[]; readonly tokens?: Tokens }
  /** The vendor's filter ends the answer after these pieces. */
  | { readonly kind: 'filter'; readonly pieces: readonly string[] }
  | { readonly kind: 'stream-error'; readonly pieces: readonly string[]; readonly status?: number; readonly message?: string };

const kinds: readonly VendorScenario['kind'][] = [
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
  'error',
  'reasoning',
  'tool-calls',
  'truncated',
  'filter',
  'stream-error',
];

/** A scenario from another process; only its kind is checked, since only our own tests send it. */
export function toVendorScenario(value: Json): VendorScenario {
  if (!isScenario(value)) throw new Error(`unknown scenario '${toText(value['kind'])}'; known: ${kinds.join(', ')}`);
  return value;
}

function isScenario(value: unknown): value is VendorScenario {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.some((kind) => kind === value.kind);
}

/** `undefined`: the question itself decides. `error` never comes here: it is a refusal before any answer. */
export function planOfVendorScenario(scenario: VendorScenario, question: Question): Plan | undefined {
  switch (scenario.kind) {
    case 'default':
    case 'error':
      return undefined;
    case 'raw':
      return scripted({ steps: [{ type: 'raw', body: scenario.body }], chunkBytes: scenario.chunkBytes });
    case 'reasoning': {
      const thoughts = scenario.thoughts.map((text) => ({ type: 'reasoning', text }) as const);
      return scripted({ steps: [...thoughts, ...answerScript(scenario.pieces).steps], tokens: scenario.tokens });
    }
    case 'tool-calls': {
      const hasResults = (question.turns.at(-1)?.toolResults.length ?? 0) > 0;
      return hasResults ? undefined : scripted({ steps: [finish({ reason: 'tools', calls: scenario.calls })] });
    }
    case 'truncated':
      return scripted({ steps: [...textSteps(scenario.pieces), finish({ reason: 'truncated' })], tokens: scenario.tokens });
    case 'filter':
      return scripted({ steps: [...textSteps(scenario.pieces), finish({ reason: 'filter', text: '' })] });
    case 'stream-error': {
      const fault = { status: scenario.status ?? 503, message: scenario.message ?? 'upstream unavailable' };
      return scripted({ steps: [...textSteps(scenario.pieces), { type: 'fault', fault }] });
    }
    default:
      return planFromScenario(scenario, question);
  }
}

const scripted = (script: Script): Plan => ({ type: 'script', script });
