import { defaultAnswer, markdownShowcase, splitEmojiPieces, splitPieces } from './answers.ts';
import { parseRecord } from './json.ts';
import { lastUserText, type Question, type ToolUse } from './question.ts';
import { sampleObject } from './schema-sample.ts';
import { type CutKind, finish, type Plan, type Script, type Step, textSteps } from './script.ts';

interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  /** Everything after the name. */
  readonly rest: string;
}

/** How often a text with `[[fail … xN]]` has failed already. */
export type FailureCounts = Map<string, number>;

export const filterRefusal = 'Я не могу обсуждать эту тему.';

function parseDirectives(text: string): readonly Directive[] {
  return [...text.matchAll(/\[\[\s*([a-z]+)\s*(.*?)\s*\]\](?!\])/gsu)].map(([, name = '', rest = '']) => ({
    name,
    rest,
    words: rest.split(/\s+/u).filter((word) => word !== ''),
  }));
}

/** The plan that the last user message asks for; `undefined` when it has no directive. */
export function planFromDirectives(question: Question, failures: FailureCounts): Plan | undefined {
  const text = lastUserText(question);
  const directives = parseDirectives(text);
  if (directives.length === 0) return undefined;
  const failure = directives.find(({ name }) => name === 'fail');
  if (failure !== undefined && isDue(failure, text, failures)) return failPlan(failure);
  const pieces = directives.map((directive) => piecesOf(directive, question)).find((found) => found !== undefined);
  const base: Step[] = [...textSteps(pieces ?? defaultAnswer(question)), finish({ reason: 'final' })];
  // The results of a call are answered, not called for again.
  const hasResults = (question.turns.at(-1)?.toolResults.length ?? 0) > 0;
  const applicable = directives.filter(({ name }) => !(hasResults && name === 'tool'));
  const steps = applicable.reduce<readonly Step[]>((sofar, directive) => reshape(sofar, directive, question), base);
  return { type: 'script', script: withDelay(steps, directives) };
}

function withDelay(steps: readonly Step[], directives: readonly Directive[]): Script {
  const delay = directives.find(({ name }) => name === 'delay');
  return { steps, delayMs: delay === undefined ? undefined : numberAt(delay, 0, 0) };
}

function numberAt({ words }: Directive, index: number, fallback: number): number {
  const number = Number(words[index] ?? fallback);
  return Number.isFinite(number) ? number : fallback;
}

/** `[[fail 503 x2]]` fails twice for the same text, then lets it through. */
function isDue({ words }: Directive, text: string, failures: FailureCounts): boolean {
  const times = words.map((word) => /^x(\d+)$/u.exec(word)?.[1]).find((found) => found !== undefined);
  if (times === undefined) return true;
  const soFar = failures.get(text) ?? 0;
  if (soFar >= Number(times)) return false;
  failures.set(text, soFar + 1);
  return true;
}

function failPlan(directive: Directive): Plan {
  const after = directive.words.map((word) => /^after=(\d+)$/u.exec(word)?.[1]).find((found) => found !== undefined);
  return {
    type: 'fail',
    status: numberAt(directive, 0, 500),
    isHtml: directive.words.includes('html'),
    retryAfterSeconds: after === undefined ? undefined : Number(after),
  };
}

function piecesOf(directive: Directive, question: Question): readonly string[] | undefined {
  switch (directive.name) {
    case 'long':
      return Array.from({ length: numberAt(directive, 0, 100) }, (_, index) => (index === 0 ? '1' : ` ${String(index + 1)}`));
    case 'say':
      return splitPieces(directive.rest);
    case 'history':
      return [JSON.stringify(question.turns.map(({ role, text }) => ({ role, text })))];
    case 'markdown':
      return markdownShowcase.match(/[^\n]*\n/gu) ?? [];
    case 'emoji':
      return splitEmojiPieces;
    default:
      return undefined;
  }
}

/** Splits before the step with which the answer would go on after `count` pieces. */
function after(steps: readonly Step[], count: number): [before: readonly Step[], rest: readonly Step[]] {
  let seen = 0;
  const at = steps.findIndex((step) => (step.type === 'text' ? ++seen > count : step.type === 'finish'));
  return at < 0 ? [steps, []] : [steps.slice(0, at), steps.slice(at)];
}

function reshape(steps: readonly Step[], directive: Directive, question: Question): readonly Step[] {
  const [before, rest] = after(steps, numberAt(directive, 0, 3));
  switch (directive.name) {
    case 'first':
      return [{ type: 'wait', ms: numberAt(directive, 0, 1000) }, ...steps];
    case 'hold':
      return [{ type: 'hold' }, ...steps];
    case 'stall':
      return [...before, { type: 'hold' }, ...rest];
    case 'cut':
      return [...before, { type: 'cut', how: cutKind(directive.words[1]) }];
    case 'error':
      return [...before, { type: 'fault', fault: { status: 503, message: 'upstream unavailable' } }];
    case 'filter':
      return [...before, finish({ reason: 'filter', text: filterRefusal })];
    case 'truncate':
      return [...before, finish({ reason: 'truncated' })];
    case 'rewrite':
      return [{ type: 'text', text: 'Черновик, который' }, { type: 'rewrite', text: 'Чистовик' }, ...steps];
    case 'garbage':
      return [{ type: 'raw', body: '<<<this is not JSON>>>\n' }];
    case 'reasoning':
      return [...thoughts(numberAt(directive, 0, 3)), ...steps];
    case 'tool':
      return [finish({ reason: 'tools', calls: [toolUse(directive, question)] })];
    default:
      return steps;
  }
}

function thoughts(count: number): readonly Step[] {
  return Array.from({ length: count }, (_, index) => ({ type: 'reasoning', text: `Мысль ${String(index + 1)}. ` }));
}

function cutKind(word: string | undefined): CutKind {
  if (word === 'mid') return 'mid-frame';
  return word === 'reset' ? 'reset' : 'clean-eof';
}

function toolUse({ words, rest }: Directive, question: Question): ToolUse {
  const name = words[0] ?? question.tools[0]?.name ?? 'unknown';
  const given = parseRecord(rest.slice(rest.indexOf(name) + name.length));
  const parameters = question.tools.find((tool) => tool.name === name)?.parameters ?? {};
  return { name, arguments: given ?? sampleObject(parameters) };
}
