import type { PlainReport } from '../load/load-commands.ts';
import { budgets } from '../report/budgets.ts';
import { concatenate, median, quantile } from '../report/statistics.ts';
import { cpuSince, readCpu, type Subject } from '../subject/subject.ts';
import type { BenchContext, Scenario } from './bench-context.ts';
import type { Column } from './columns.ts';

const scenario = 'plain';
const completion = JSON.stringify({
  modelUri: 'gpt://b1gaaaaaaaaaaaaaaaaa/yandexgpt/latest',
  completionOptions: { stream: false },
  messages: [{ role: 'user', text: 'Привет' }],
});

interface PlainReading {
  readonly cpuMs: number;
  readonly report: PlainReport;
}

/** A request without a stream: at the proxy a whole answer passed on, at our server one chat read from the database. */
export const plain: Scenario = {
  name: scenario,
  title: 'Plain requests',
  async run(context) {
    const readings = new Map<string, PlainReading[]>();
    const subjects = await context.subjects();
    for (const subject of subjects) await measure(context, subject);
    for (let round = 0; round < context.plan.rounds; round += 1) {
      for (const subject of subjects) readings.set(subject.name, [...(readings.get(subject.name) ?? []), await measure(context, subject)]);
    }
    const column = (read: (of: readonly PlainReading[]) => number): Column =>
      Object.fromEntries([...readings].map(([name, of]) => [name, read(of)]));
    const { direct: _none, ...cpu } = column((of) => median(of.map(({ cpuMs, report }) => cpuMs / report.completed)));
    return [
      { scenario, name: 'CPU per request', unit: 'ms', values: cpu, budget: budgets.cpuPerPlainRequest },
      { scenario, name: 'requests per second', unit: '1/s', values: column((of) => median(of.map(({ report }) => report.perSecond))) },
      {
        scenario,
        name: 'time of a request, p50',
        unit: 'ms',
        values: column((of) => quantile(concatenate(of.map(({ report }) => report.totalMs)), 0.5)),
      },
    ];
  },
};

async function measure({ plan, load, ledger }: BenchContext, subject: Subject): Promise<PlainReading> {
  const { target } = subject;
  const isChat = target.kind === 'chat';
  const url = isChat ? `${target.url}/api/v1/chats/${target.chatIds[0]}` : `${target.url}/foundationModels/v1/completion`;
  const cpu = readCpu(subject);
  const report = await load.call('plain', { ...plan.plain, url, method: isChat ? 'GET' : 'POST', body: isChat ? undefined : completion });
  const { ownMs } = cpuSince(subject, cpu);
  for (const problem of report.problems) ledger.violate(`plain, ${subject.name}: ${problem}`);
  return { cpuMs: ownMs, report };
}
