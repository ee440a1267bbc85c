import type { RunEventDto } from '@multimodel/contract';
import fc from 'fast-check';

type Body = RunEventDto extends infer Event ? (Event extends RunEventDto ? Omit<Event, 'seq'> : never) : never;

const text = fc.string({ unit: 'grapheme', maxLength: 12 });

const body: fc.Arbitrary<Body> = fc.oneof(
  { weight: 8, arbitrary: text.map((delta): Body => ({ type: 'text-delta', text: delta })) },
  { weight: 2, arbitrary: text.map((delta): Body => ({ type: 'reasoning-delta', text: delta })) },
  { weight: 2, arbitrary: fc.tuple(fc.nat(40), text).map(([from, tail]): Body => ({ type: 'text-replace', from, text: tail })) },
  fc.nat(9).map((position): Body => ({ type: 'queued', position: position + 1 })),
  fc.constantFrom('a', 'b').map((slug): Body => ({ type: 'attempt', number: 1, provider: slug, model: `${slug}/m`, reason: 'retry' })),
  text.map((message): Body => ({ type: 'warning', code: 'parameter_dropped', message })),
  text.map((name): Body => ({ type: 'tool-call', callId: name, name, arguments: {} })),
  text.map(
    (name): Body => ({
      type: 'file',
      attachment: { id: name, name, mediaType: 'image/png', kind: 'image', size: 1, sha256: name },
    }),
  ),
  fc.nat(99).map((tokens): Body => ({ type: 'usage', usage: { inputTokens: tokens, outputTokens: tokens } })),
);

const finish: fc.Arbitrary<Body> = fc
  .constantFrom('completed' as const, 'stopped' as const, 'failed' as const, 'interrupted' as const)
  .map((state) => ({ type: 'finish', state, timings: { queueMs: 0, totalMs: 5 } }));

/** The whole log of one run, as the server would number it. */
export const runEvents: fc.Arbitrary<readonly RunEventDto[]> = fc.tuple(fc.array(body, { maxLength: 40 }), finish).map(([bodies, end]) =>
  [{ type: 'start' as const, runId: 'r', chatId: 'c', messageId: 'm' }, ...bodies, end].map((event, index) => ({
    ...event,
    seq: index + 1,
  })),
);
