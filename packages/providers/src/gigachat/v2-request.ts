import type { ChatRequest, WarningEvent } from '@multimodel/core';
import type { WireBody } from '@multimodel/provider-sdk';
import { FunctionNames } from './function-names.ts';
import { isPresent, type Turn, toResultText, toTurns } from './history.ts';
import { toChoice, toDefinition, toEffort, toFormat, toSampling } from './request-parameters.ts';
import type { EncodedRequest, EncodingFacts } from './v1-request.ts';

interface Context {
  readonly facts: EncodingFacts;
  readonly names: FunctionNames;
  readonly warnings: WarningEvent[];
}

/** A request in the spelling of `/v2/chat/completions`: contents are lists of parts, calls may be several at a time. */
export function toV2Request(request: ChatRequest, facts: EncodingFacts): EncodedRequest {
  const warnings: WarningEvent[] = [];
  const names = new FunctionNames((request.tools ?? []).map(({ name }) => name));
  const turns = toTurns(request.messages, warnings);
  const sampling = toSampling(request, warnings);
  const effort = toEffort(request, facts.hasReasoning, warnings);
  const options = {
    ...sampling,
    response_format: toFormat(request.responseFormat),
    reasoning: effort === undefined ? undefined : { effort },
  };
  const hasOptions = Object.values(options).some((value) => value !== undefined);
  const body = {
    model: facts.model,
    messages: turns.flatMap((turn, index) => toMessages(turn, isPresent(turns, index), { facts, names })),
    stream: true,
    model_options: hasOptions ? options : undefined,
    ...toTools(request, { facts, names, warnings }),
  };
  return { body, names, warnings };
}

function toMessages(turn: Turn, isNow: boolean, { facts, names }: Omit<Context, 'warnings'>): readonly WireBody[] {
  if (turn.role === 'calls') return callMessages(turn, isNow, { facts, names });
  const ids = turn.files.flatMap((file) => facts.fileIds.get(file) ?? []);
  const [last, ...others] = ids.toReversed();
  const texts = turn.text.trim() === '' ? [] : [{ text: turn.text }];
  // One image with a message: the others come before it, in messages of their own.
  const before = others.toReversed().map((id) => ({ role: turn.role, content: [{ files: [{ id }] }] }));
  const content = [...texts, ...(last === undefined ? [] : [{ files: [{ id: last }] }])];
  return content.length === 0 ? [] : [...before, { role: turn.role, content }];
}

/** The assistant's message as it came, and one with all results, without an id. */
function callMessages(
  { text, calls }: Extract<Turn, { role: 'calls' }>,
  isNow: boolean,
  { facts, names }: Omit<Context, 'warnings'>,
): readonly WireBody[] {
  const notes = calls.map(({ call }) => facts.calls.find(call.callId));
  const said = text.trim() === '' ? [] : [{ text }];
  const asked = calls.map(({ call }, index) => ({
    function_call: { name: names.toWire(call.name), arguments: call.arguments, id: notes[index]?.wireId },
  }));
  const results = calls.map(({ call, result }) => ({
    function_result: { name: names.toWire(call.name), result: toResultText(result.content) },
  }));
  const stateId = facts.returnsState && isNow ? notes.find((note) => note.stateId !== undefined)?.stateId : undefined;
  return [
    { role: 'assistant', content: [...said, ...asked], tool_state_id: stateId },
    { role: facts.resultRole, content: results },
  ];
}

function toTools(request: ChatRequest, { facts, names, warnings }: Context): { readonly [name: string]: WireBody } {
  const { tools = [] } = request;
  if (request.toolChoice === 'none') return {};
  const own = tools.length === 0 ? [] : [{ functions: { specifications: tools.map((tool) => toDefinition(tool, names)) } }];
  const all = [...own, ...(facts.draws ? [{ image_generate: {} }] : [])];
  if (all.length === 0) return {};
  const choice = tools.length === 0 ? 'auto' : toChoice(request, warnings);
  const config = typeof choice === 'object' ? { mode: 'forced', function_name: names.toWire(choice.name) } : { mode: choice };
  return { tools: all, tool_config: config };
}
