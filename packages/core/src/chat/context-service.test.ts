import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toChatId, toMessageId } from '../shared/ids.ts';
import { createTestCore, modelInfo, scriptedModel, type TestCore, testActor } from '../testing/index.ts';
import type { ContextForecast } from './context-service.ts';
import type { Message } from './message.ts';

const ann = testActor('ann');
const model = 'scripted/one';

interface Said {
  readonly role: Message['role'];
  readonly text: string;
  /** Whose answer it is, counted back from the newest. */
  readonly back: number;
}

const said: fc.Arbitrary<Said> = fc.record({
  role: fc.constantFrom('user', 'assistant'),
  text: fc.oneof(fc.constantFrom('', ' \n', 'ответ'), fc.string({ maxLength: 120 })),
  back: fc.nat({ max: 3 }),
});

async function coreWith(contextWindow: number | undefined): Promise<TestCore> {
  return createTestCore({ providers: [scriptedModel({ models: [modelInfo('one', { contextWindow })] })] });
}

/** A chat whose messages hang together as `said` says; any shape of tree can come out. */
async function chatOf(core: TestCore, messages: readonly Said[], settings = {}) {
  const chat = await core.chats.create(ann, { model, settings });
  await core.storage.transact(async (tx) => {
    for (const [index, { role, text, back }] of messages.entries()) {
      const parent = index - 1 - back;
      const id = toMessageId(`said-${String(index).padStart(4, '0')}`);
      const parentId = parent < 0 ? undefined : toMessageId(`said-${String(parent).padStart(4, '0')}`);
      await tx.messages.insert({ id, chatId: chat.id, parentId, role, text, state: 'completed', createdAt: index });
      await tx.chats.update(chat.id, { leafId: id, updatedAt: index });
    }
  });
  return chat;
}

/** As the page reads a forecast that was made without a text. */
function read({ cuts, rule, contextWindow = 0, reservedForAnswer = 0 }: ContextForecast, text: string) {
  const question = Math.ceil(text.length / rule.charactersPerToken) + rule.tokensPerMessage;
  const cut = cuts.find(({ inputTokens }) => inputTokens + question <= contextWindow - reservedForAnswer) ?? cuts.at(-1);
  return cut && { leftOut: cut.leftOut, inputTokens: cut.inputTokens + question };
}

test('whatever the tree, the window and the text: what is foretold is what sending leaves out', async () => {
  const settings = fc.record(
    { systemPrompt: fc.string({ maxLength: 100 }), maxOutputTokens: fc.integer({ min: 1, max: 400 }) },
    { requiredKeys: [] },
  );
  const text = fc.string({ minLength: 1, maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(said, { maxLength: 25 }),
      fc.integer({ min: 1, max: 600 }),
      settings,
      text,
      async (messages, window, own, ask) => {
        const core = await coreWith(window);
        const chat = await chatOf(core, messages, own);
        const [open, exact] = [await core.context.forecast(ann, chat.id, {}), await core.context.forecast(ann, chat.id, { text: ask })];
        const sent = await core.chats.send(ann, chat.id, { text: ask });
        (await core.model.call(0)).finish();
        await core.clock.advance(50);
        const { warnings } = core.storage.tables.messages.get(sent.assistantMessage.id) ?? {};
        const count = warnings?.find(({ code }) => code === 'messages_left_out')?.count ?? 0;
        expect(exact.leftOut).toBe(count);
        expect(read(open, ask)).toEqual({ leftOut: count, inputTokens: exact.inputTokens });
      },
    ),
    { numRuns: 200 },
  );
});

describe('a forecast', () => {
  test('says how much of the window is taken and kept for the answer', async () => {
    const core = await coreWith(1_001);
    const chat = await chatOf(core, [
      { role: 'user', text: 'x'.repeat(25), back: 0 },
      { role: 'assistant', text: 'y'.repeat(50), back: 0 },
    ]);
    expect(await core.context.forecast(ann, chat.id, { text: 'z'.repeat(5), settings: { systemPrompt: 'p'.repeat(10) } })).toEqual({
      model,
      contextWindow: 1_001,
      reservedForAnswer: 251,
      inputTokens: 12 + 18 + 28 + 10,
      messages: 2,
      leftOut: 0,
      isCut: false,
      isEstimated: true,
      rule: { charactersPerToken: 2.5, tokensPerMessage: 8 },
      cuts: [
        { leftOut: 0, inputTokens: 12 + 18 + 28 },
        { leftOut: 2, inputTokens: 12 },
      ],
    });
  });

  test('of another branch, and of a new beginning', async () => {
    const core = await coreWith(1_000);
    const chat = await chatOf(core, [
      { role: 'user', text: 'a', back: 0 },
      { role: 'assistant', text: 'b', back: 0 },
      { role: 'user', text: 'c', back: 0 },
    ]);
    const messagesWith = async (parentId: string | null) =>
      (await core.context.forecast(ann, chat.id, { parentId: parentId === null ? null : toMessageId(parentId) })).messages;
    expect([await messagesWith('said-0001'), await messagesWith(null)]).toEqual([2, 0]);
    await expect(messagesWith('elsewhere')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('with an unknown window says only what goes along', async () => {
    const core = await coreWith(undefined);
    const chat = await chatOf(core, [{ role: 'user', text: 'a', back: 0 }]);
    const forecast = await core.context.forecast(ann, chat.id, {});
    expect(forecast).toMatchObject({ messages: 1, leftOut: 0, cuts: [] });
    expect(forecast.contextWindow ?? forecast.reservedForAnswer).toBeUndefined();
  });

  test('says when there is more than is ever sent, and sending counts the same', async () => {
    const core = await coreWith(1_000_000);
    const chat = await chatOf(
      core,
      Array.from({ length: 1_000 }, (_, index) => ({ role: index % 2 ? 'assistant' : 'user', text: 'x', back: 0 }) as const),
    );
    expect(await core.context.forecast(ann, chat.id, {})).toMatchObject({ isCut: true, messages: 998 });
    const sent = await core.chats.send(ann, chat.id, { text: 'y' });
    (await core.model.call(0)).finish();
    await core.clock.advance(50);
    expect(core.model.calls[0]?.request.messages).toHaveLength(999);
    expect(core.storage.tables.messages.get(sent.assistantMessage.id)?.warnings).toMatchObject([{ code: 'messages_left_out' }]);
  });

  test("of a chat that is not there yet goes by the person's own settings", async () => {
    const core = await coreWith(1_000);
    await core.settings.update(ann, { generation: { systemPrompt: 'p'.repeat(25), maxOutputTokens: 100 } });
    const own = await core.context.forecast(ann, undefined, { model });
    expect(own).toMatchObject({ inputTokens: 18 + 8, reservedForAnswer: 100, messages: 0 });
    expect(await core.context.forecast(ann, undefined, { model, settings: {} })).toMatchObject({ inputTokens: 8, reservedForAnswer: 250 });
  });

  test("never tells of another person's chat", async () => {
    const core = await coreWith(1_000);
    const chat = await chatOf(core, []);
    await expect(core.context.forecast(testActor('bob'), chat.id, {})).rejects.toMatchObject({ code: 'not_found' });
    await expect(core.context.forecast(ann, toChatId('none'), {})).rejects.toMatchObject({ code: 'not_found' });
  });
});
