import { createClient } from '@multimodel/client';
import { monotonicUs } from '../process/monotonic.ts';
import { budgets } from '../report/budgets.ts';
import type { Measure } from '../report/measure.ts';
import { quantile } from '../report/statistics.ts';
import { benchModels } from '../subject/server-process.ts';
import type { Subject } from '../subject/subject.ts';
import type { BenchContext, Scenario } from './bench-context.ts';

const scenario = 'history';
const screenful = 50;
const largestPage = 200;

interface Openings {
  readonly newestMs: readonly number[];
  readonly wholeMs: readonly number[];
}

/** Opening a long chat: the newest screenful, which is what a person waits for, and every page of it. */
export const history: Scenario = {
  name: scenario,
  title: 'Opening a long chat',
  async run(context) {
    const { messages } = context.plan.history;
    const shown = Math.min(screenful, messages);
    const subjects = await context.subjects();
    await context.vendor.pace({ firstMs: 0, gapMs: 0 });
    const results: [string, Openings][] = [];
    for (const subject of subjects) {
      if (subject.target.kind === 'chat') results.push([subject.name, await measure(context, subject)]);
    }
    const column = (read: (openings: Openings) => number): Measure['values'] =>
      Object.fromEntries(results.map(([name, openings]) => [name, read(openings)]));
    return [
      {
        scenario,
        name: `newest ${shown} of ${messages} messages, p50`,
        unit: 'ms',
        values: column(({ newestMs }) => quantile(newestMs, 0.5)),
        budget: budgets.openChat,
        note: 'chat and first page, measured at the client',
      },
      {
        scenario,
        name: `newest ${shown} of ${messages} messages, p99`,
        unit: 'ms',
        values: column(({ newestMs }) => quantile(newestMs, 0.99)),
      },
      {
        scenario,
        name: `all ${messages} messages in pages of ${largestPage}, p50`,
        unit: 'ms',
        values: column(({ wholeMs }) => quantile(wholeMs, 0.5)),
      },
    ];
  },
};

async function measure(context: BenchContext, { name, target: { url } }: Subject): Promise<Openings> {
  const { messages, openings } = context.plan.history;
  const chatId = await fillChat(url, messages);
  const newestMs: number[] = [];
  const wholeMs: number[] = [];
  for (let opening = 0; opening < openings; opening += 1) {
    newestMs.push(await timed(() => openNewest(url, chatId)));
    if (opening % 5 > 0) continue;
    wholeMs.push(
      await timed(async () => {
        const count = await openWhole(url, chatId);
        context.ledger.check(count === messages, `history, ${name}: ${count} messages instead of ${messages}`);
      }),
    );
  }
  return { newestMs, wholeMs };
}

/** A conversation as a person makes it: each question stands on the answer before. */
async function fillChat(url: string, messages: number): Promise<string> {
  const client = createClient({ baseUrl: url });
  const { id } = await client.chats.create({ title: 'long', model: benchModels[0] });
  for (let sent = 0; sent < messages; sent += 2) {
    const { run } = await client.messages.send(id, { text: `Вопрос ${sent}: и что было дальше, если рассказывать подробно и по порядку?` });
    for await (const event of client.runs.watch(run.id)) {
      if (event.type === 'finish' && event.state !== 'completed') throw new Error(`history: run ${event.state}: ${event.error?.message}`);
    }
  }
  return id;
}

async function openNewest(url: string, chatId: string): Promise<void> {
  const client = createClient({ baseUrl: url });
  await Promise.all([client.chats.get(chatId), client.messages.list(chatId, { order: 'desc', limit: screenful })]);
}

async function openWhole(url: string, chatId: string): Promise<number> {
  const client = createClient({ baseUrl: url });
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await client.messages.list(chatId, { order: 'desc', limit: largestPage, cursor });
    count += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return count;
}

async function timed(act: () => Promise<void>): Promise<number> {
  const beginUs = monotonicUs();
  await act();
  return (monotonicUs() - beginUs) / 1000;
}
