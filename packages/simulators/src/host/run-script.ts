import type { Generation } from './generation.ts';
import type { Ending, Fault, Script, Step, Tokens } from './script.ts';
import { countTokens } from './tokens.ts';

/** Where an answer stands when a frame is made of it. */
export interface Progress {
  /** Everything said so far. */
  readonly text: string;
  /** What this frame adds; empty when everything was sent before. */
  readonly piece: string;
  readonly reasoning: string;
  readonly tokens: Tokens;
}

/** One vendor's spelling of an answer. Empty frames are not written. */
export interface AnswerEncoder {
  begin(): string;
  piece(progress: Progress): string;
  reasoning(text: string): string;
  finish(progress: Progress, ending: Ending): string;
  fault(fault: Fault): string;
}

interface RunState {
  readonly script: Script;
  readonly encoder: AnswerEncoder;
  readonly generation: Generation;
  readonly inputTokens: number;
  text: string;
  /** Said, but not yet in a frame. */
  unsent: string;
  reasoning: string;
  outputTokens: number;
  texts: number;
}

/** Plays a script into a connection. Without a delay no timer is used. */
export async function runScript(
  script: Script,
  encoder: AnswerEncoder,
  generation: Generation,
  options: { readonly inputTokens: number; readonly delayMs: number },
): Promise<void> {
  const { inputTokens } = options;
  const state: RunState = { script, encoder, generation, inputTokens, text: '', unsent: '', reasoning: '', outputTokens: 0, texts: 0 };
  const delayMs = script.delayMs ?? options.delayMs;
  for (const [index, step] of script.steps.entries()) {
    if (!generation.isOpen) return;
    if (delayMs > 0 && isPaced(step)) await generation.wait(delayMs);
    await playStep(step, script.steps[index + 1], state);
  }
  generation.complete();
}

const isPaced = (step: Step): boolean => step.type === 'text' || step.type === 'rewrite' || step.type === 'reasoning';

async function playStep(step: Step, next: Step | undefined, state: RunState): Promise<void> {
  const { generation, encoder } = state;
  switch (step.type) {
    case 'text':
      return playText(step.text, next, state);
    case 'rewrite':
      state.text = step.text;
      return send(encoder.piece(progressOf(state, step.text)), state);
    case 'reasoning':
      state.reasoning += step.text;
      return send(encoder.reasoning(step.text), state);
    case 'hold':
      return generation.hold();
    case 'wait':
      return generation.wait(step.ms);
    case 'raw':
      return generation.write(step.body);
    case 'fault':
      return generation.write(encoder.fault(step.fault), step.fault.status);
    case 'cut': {
      const frame = encoder.piece({ ...progressOf(state, ' …'), text: `${state.text} …` });
      return generation.cut(step.how, frame.slice(0, Math.ceil(frame.length / 2)));
    }
    case 'finish':
      if (step.ending.reason === 'tools') state.outputTokens += countTokens(JSON.stringify(step.ending.calls));
      return send(encoder.finish(progressOf(state, state.unsent), step.ending), state, true);
    default:
      return step satisfies never;
  }
}

async function playText(piece: string, next: Step | undefined, state: RunState): Promise<void> {
  state.text += piece;
  state.texts += 1;
  state.outputTokens += Math.max(1, countTokens(piece));
  // A vendor puts the end into the frame of the last piece.
  if (next?.type === 'finish' && next.ending.reason !== 'filter' && next.ending.reason !== 'tools') {
    state.unsent = piece;
    return;
  }
  await send(state.encoder.piece(progressOf(state, piece)), state);
}

async function send(frame: string, state: RunState, isLast = false): Promise<void> {
  const { script, generation } = state;
  const opening = generation.hasBegun ? '' : state.encoder.begin();
  let body = opening + frame;
  if (isLast && script.hasNoFinalNewline === true) body = body.replace(/\n+$/, '');
  await generation.write(script.lineEnd === '\r\n' ? body.replaceAll('\n', '\r\n') : body);
}

function progressOf(state: RunState, piece: string): Progress {
  return { text: state.text, piece, reasoning: state.reasoning, tokens: tokensOf(state) };
}

/** Counts grow with the answer and end at the script's own numbers, where it has them. */
function tokensOf(state: RunState): Tokens {
  const given = state.script.tokens;
  if (given === undefined) return { inputTokens: state.inputTokens, outputTokens: state.outputTokens + countTokens(state.reasoning) };
  const total = state.script.steps.filter((step) => step.type === 'text').length;
  const share = total === 0 ? 1 : state.texts / total;
  return { ...given, outputTokens: Math.round(given.outputTokens * share) };
}
