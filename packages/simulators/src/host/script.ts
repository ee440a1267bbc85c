import type { ToolUse } from './question.ts';
import { countTokens, takeTokens } from './tokens.ts';

export interface Tokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens?: number | undefined;
}

export interface Fault {
  readonly status: number;
  readonly message: string;
}

export type CutKind = 'clean-eof' | 'mid-frame' | 'reset';

export type Ending =
  | { readonly reason: 'final' | 'truncated' }
  /** `text` takes the place of everything said before. */
  | { readonly reason: 'filter'; readonly text: string }
  | { readonly reason: 'tools'; readonly calls: readonly ToolUse[] };

/** What a generation does, one step after the other, free of any vendor's spelling. */
export type Step =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  /** The whole text becomes this one. */
  | { readonly type: 'rewrite'; readonly text: string }
  | { readonly type: 'hold' }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'raw'; readonly body: string }
  | { readonly type: 'fault'; readonly fault: Fault }
  | { readonly type: 'cut'; readonly how: CutKind }
  | { readonly type: 'finish'; readonly ending: Ending };

export interface Script {
  readonly steps: readonly Step[];
  /** Counted from the texts when absent. */
  readonly tokens?: Tokens | undefined;
  readonly chunkBytes?: number | undefined;
  readonly lineEnd?: '\n' | '\r\n' | undefined;
  readonly hasNoFinalNewline?: boolean | undefined;
  /** Between pieces; the simulator's own when absent. */
  readonly delayMs?: number | undefined;
}

/** What is done with a request: a generation, or a refusal before it. */
export type Plan =
  | { readonly type: 'script'; readonly script: Script }
  | { readonly type: 'fail'; readonly status: number; readonly isHtml?: boolean; readonly retryAfterSeconds?: number | undefined };

export const textSteps = (pieces: readonly string[]): Step[] => pieces.map((text) => ({ type: 'text', text }));
export const finish = (ending: Ending): Step => ({ type: 'finish', ending });

export function answerScript(pieces: readonly string[]): Script {
  return { steps: [...textSteps(pieces), finish({ reason: 'final' })] };
}

/** Cuts the answer at `maxTokens`, as a vendor does. */
export function limitTokens(script: Script, maxTokens: number | undefined): Script {
  if (maxTokens === undefined) return script;
  const steps: Step[] = [];
  let left = maxTokens;
  for (const step of script.steps) {
    if (step.type !== 'text') {
      steps.push(step);
      continue;
    }
    const cost = countTokens(step.text);
    if (cost > left) {
      const rest = takeTokens(step.text, left);
      return { ...script, steps: [...steps, ...(rest === '' ? [] : textSteps([rest])), finish({ reason: 'truncated' })] };
    }
    left -= cost;
    steps.push(step);
  }
  return { ...script, steps };
}
