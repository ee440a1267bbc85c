import type { ChatRequest, FilePart, JsonObject, WarningEvent } from '@multimodel/core';
import type { WireBody } from '@multimodel/provider-sdk';
import type { CallMemory } from './call-memory.ts';
import { wireTypeOf } from './file-kinds.ts';
import { FunctionNames } from './function-names.ts';
import { isPresent, type Turn, toResultText, toTurns } from './history.ts';
import { toChoice, toDefinition, toEffort, toFormat, toSampling } from './request-parameters.ts';

/** What is known beside the request itself. */
export interface EncodingFacts {
  readonly model: string;
  /** `undefined` where nobody knows. */
  readonly hasReasoning: boolean | undefined;
  /** The vendor's own functions that may be called. */
  readonly draws: boolean;
  /** Ids at the vendor; a file that is not among them does not go along. */
  readonly fileIds: ReadonlyMap<FilePart, string>;
  readonly calls: CallMemory;
  readonly returnsState: boolean;
  /** v2: sources disagree on the role of a function's result. */
  readonly resultRole: 'tool' | 'function';
}

export interface EncodedRequest {
  readonly body: WireBody;
  readonly names: FunctionNames;
  readonly warnings: readonly WarningEvent[];
}

/** A request in the spelling of `/v1/chat/completions`. */
export function toV1Request(request: ChatRequest, facts: EncodingFacts): EncodedRequest {
  const warnings: WarningEvent[] = [];
  const names = new FunctionNames((request.tools ?? []).map(({ name }) => name));
  const turns = toTurns(request.messages, warnings);
  const sampling = toSampling(request, warnings);
  const effort = toEffort(request, facts.hasReasoning, warnings);
  const body = {
    model: facts.model,
    messages: turns.flatMap((turn, index) => toMessages(turn, { facts, names, isPresent: isPresent(turns, index) })),
    stream: true,
    ...sampling,
    reasoning_effort: effort === 'off' ? undefined : effort,
    response_format: toFormat(request.responseFormat),
    ...toFunctions(request, { facts, names, warnings }),
  };
  return { body, names, warnings };
}

interface MessageContext {
  readonly facts: EncodingFacts;
  readonly names: FunctionNames;
  readonly isPresent: boolean;
}

function toMessages(turn: Turn, context: MessageContext): readonly WireBody[] {
  if (turn.role === 'calls') return callMessages(turn, context);
  const { fileIds } = context.facts;
  const ids = turn.files.flatMap((file) => fileIds.get(file) ?? []);
  const [last, ...others] = ids.toReversed();
  if (last === undefined) return turn.text.trim() === '' ? [] : [{ role: turn.role, content: turn.text }];
  // One file with a message: the others come before it, in messages of their own.
  const before = others.toReversed().map((id) => ({ role: turn.role, content: '', attachments: [id] }));
  return [...before, { role: turn.role, content: turn.text, attachments: [last] }];
}

/** One call in a message at most: several at once go one after the other, each with its result. */
function callMessages(
  { text, calls }: Extract<Turn, { role: 'calls' }>,
  { facts, names, isPresent: isNow }: MessageContext,
): readonly WireBody[] {
  return calls.flatMap(({ call, result }, index) => {
    const { stateId } = facts.returnsState && isNow ? facts.calls.find(call.callId) : {};
    const name = names.toWire(call.name);
    return [
      {
        role: 'assistant',
        content: index === 0 ? text : '',
        function_call: { name, arguments: call.arguments },
        functions_state_id: stateId,
      },
      { role: 'function', name, content: toResultText(result.content) },
    ];
  });
}

interface FunctionContext {
  readonly facts: EncodingFacts;
  readonly names: FunctionNames;
  readonly warnings: WarningEvent[];
}

const hasDocument = ({ fileIds }: EncodingFacts): boolean => [...fileIds.keys()].some((file) => wireTypeOf(file)?.kind === 'document');

/** With `auto` and no functions the model may call any of the vendor's; beside functions of ours they must be named. */
function toFunctions(request: ChatRequest, { facts, names, warnings }: FunctionContext): { readonly [name: string]: WireBody } {
  const builtIn = [...(facts.draws ? ['text2image'] : []), ...(hasDocument(facts) ? ['get_file_content'] : [])];
  const { tools = [] } = request;
  if (request.toolChoice === 'none') return { function_call: 'none' };
  if (tools.length === 0) return builtIn.length === 0 ? {} : { function_call: 'auto' };
  const own: readonly JsonObject[] = tools.map((tool) => toDefinition(tool, names));
  const choice = toChoice(request, warnings);
  return {
    functions: [...own, ...builtIn.map((name) => ({ name }))],
    function_call: typeof choice === 'object' ? { name: names.toWire(choice.name) } : choice,
  };
}
