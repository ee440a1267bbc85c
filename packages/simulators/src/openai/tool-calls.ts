import { randomBytes } from 'node:crypto';
import type { ToolUse } from '../host/question.ts';
import type { OpenAiQuirks } from './quirks.ts';

type Members = Readonly<Record<string, unknown>>;

function idOf({ calls, hasShortCallIds }: OpenAiQuirks): string {
  if (calls === 'empty-ids') return '';
  return hasShortCallIds ? randomBytes(6).toString('hex').slice(0, 9) : `call_${randomBytes(12).toString('hex')}`;
}

/** As they stand in an answer that is no stream. */
export function wholeCalls(calls: readonly ToolUse[], quirks: OpenAiQuirks): readonly Members[] {
  return calls.map(({ name, arguments: args }) => ({
    id: idOf(quirks),
    type: 'function',
    function: { name, arguments: quirks.calls === 'object-arguments' ? args : JSON.stringify(args) },
  }));
}

/** As they come in chunks. */
export function callDeltas(calls: readonly ToolUse[], quirks: OpenAiQuirks): readonly Members[] {
  switch (quirks.calls) {
    case 'whole':
    case 'object-arguments':
      return [{ tool_calls: wholeCalls(calls, quirks).map((call, index) => ({ index, ...call })) }];
    case 'no-index':
      return wholeCalls(calls, quirks).map((call) => ({ tool_calls: [call] }));
    case 'same-index':
      return wholeCalls(calls, quirks).map((call) => ({ tool_calls: [{ index: 0, ...call }] }));
    case 'fragments':
    case 'empty-ids':
      return calls.flatMap((call, index) => fragments(call, index, quirks)).map((piece) => ({ tool_calls: [piece] }));
    default:
      return quirks.calls satisfies never;
  }
}

/** Those that go on carry empty strings, or leave the members out, as the vendor has it. */
function fragments({ name, arguments: args }: ToolUse, index: number, quirks: OpenAiQuirks): readonly Members[] {
  const text = JSON.stringify(args);
  const middle = Math.ceil(text.length / 2);
  const first = { index, id: idOf(quirks), type: 'function', function: { name, arguments: '' } };
  const rest = [text.slice(0, middle), text.slice(middle)].map((part) =>
    quirks.calls === 'empty-ids'
      ? { index, id: '', type: 'function', function: { name: '', arguments: part } }
      : { index, function: { arguments: part } },
  );
  return [first, ...rest];
}
