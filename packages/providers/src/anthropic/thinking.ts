import type { ChatRequest, ReasoningEffort, WarningEvent } from '@multimodel/core';
import type { WireBody } from '@multimodel/provider-sdk';
import { changedParameter, droppedParameter } from '../shared/parameter-warning.ts';
import type { ModelFacts } from './catalog.ts';

export interface Thinking {
  readonly config: WireBody;
  /** How hard, where the model takes an effort. */
  readonly effort: WireBody;
  /** Tokens of the answer that are for thinking. */
  readonly budgetTokens: number;
}

const none: Thinking = { config: undefined, effort: undefined, budgetTokens: 0 };
const budgets = { low: 2048, medium: 8192, high: 24_576 } as const satisfies Record<Exclude<ReasoningEffort, 'off'>, number>;
/** Some models leave the text of their thoughts out unless asked for it. */
const shown = { type: 'adaptive', display: 'summarized' };

export function toThinking(request: ChatRequest, facts: ModelFacts, warnings: WarningEvent[]): Thinking {
  const effort = request.reasoningEffort;
  if (effort === undefined) return canThinkSilently(facts) ? { ...none, config: shown } : none;
  if (facts.thinking === 'none') {
    if (effort !== 'off') warnings.push(droppedParameter('reasoningEffort', 'This model has no thinking mode; the setting was left out'));
    return none;
  }
  if (effort === 'off') return switchOff(facts, warnings);
  if (facts.thinking === 'adaptive') return { ...none, config: shown, effort };
  return withBudget(request, effort, warnings);
}

/** Thinks whether asked to or not. */
const canThinkSilently = ({ thinking, off }: ModelFacts): boolean => thinking === 'adaptive' && off === undefined;

function switchOff({ off, thinking }: ModelFacts, warnings: WarningEvent[]): Thinking {
  if (off === undefined) {
    warnings.push(changedParameter('reasoningEffort', 'This model cannot stop thinking; the lowest effort was used'));
    return { ...none, config: shown, effort: 'low' };
  }
  return thinking === 'budget' ? none : { ...none, config: { type: off } };
}

/** With a budget the vendor wants back the signed thoughts that led to a call, which are not kept, and lets nobody demand a tool. */
function withBudget(request: ChatRequest, effort: Exclude<ReasoningEffort, 'off'>, warnings: WarningEvent[]): Thinking {
  const { toolChoice = 'auto' } = request;
  if (request.messages.at(-1)?.role === 'tool' || (toolChoice !== 'auto' && toolChoice !== 'none')) {
    warnings.push(droppedParameter('reasoningEffort', 'This model cannot think while it works with tools; the setting was left out'));
    return none;
  }
  const budgetTokens = budgets[effort];
  return { config: { type: 'enabled', budget_tokens: budgetTokens }, effort: undefined, budgetTokens };
}
