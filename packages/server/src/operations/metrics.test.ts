import { type Run, type RunFinishEvent, toChatId, toMessageId, toRunId, toUserId } from '@multimodel/core';
import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';

const run: Run = {
  id: toRunId('r'),
  chatId: toChatId('c'),
  messageId: toMessageId('m'),
  ownerId: toUserId('local'),
  state: 'running',
  model: 'work/one',
  settings: {},
  processId: 'p',
  lastSeq: 0,
  createdAt: 0,
};
const finish: RunFinishEvent = {
  type: 'finish',
  state: 'completed',
  usage: { inputTokens: 10, outputTokens: 4 },
  cost: { amount: 0.25, currency: 'RUB', isEstimated: true },
  timings: { queueMs: 500, firstTokenMs: 300, totalMs: 1500 },
};

test('a run leaves its state, times, tokens and cost', async () => {
  const metrics = new Metrics({ process: false });
  metrics.onEnd(run, finish, { provider: 'work', model: 'work/one' });
  metrics.onEnd(run, { type: 'finish', state: 'failed', error: { code: 'auth', message: 'x', isRetryable: false } }, {});
  const text = await metrics.text();
  expect(text).toContain('mmc_runs_total{provider="work",model="work/one",state="completed",code="none"} 1');
  expect(text).toContain('mmc_runs_total{provider="none",model="none",state="failed",code="auth"} 1');
  expect(text).toContain('mmc_tokens_total{provider="work",model="work/one",kind="input"} 10');
  expect(text).toContain('mmc_cost_total{provider="work",model="work/one",currency="RUB"} 0.25');
  expect(text).toContain('mmc_run_first_token_seconds_sum{provider="work",model="work/one"} 0.3');
  expect(text).toContain('mmc_run_duration_seconds_sum{provider="work",model="work/one"} 1.5');
  expect(text).toContain('mmc_run_queue_seconds_sum{provider="work"} 0.5');
});

test('commits, requests and what lives now', async () => {
  const metrics = new Metrics({ process: false });
  metrics.watch({ activeRuns: () => 3, openStreams: () => 7, bufferedBytes: () => 0 });
  metrics.onCommit({ runs: 2, events: 40, durationMs: 3 });
  metrics.onRequest({ method: 'GET', route: '/api/v1/chats', status: 200, durationMs: 4 });
  const text = await metrics.text();
  expect(text).toContain('mmc_runs_active 3');
  expect(text).toContain('mmc_event_streams_open 7');
  expect(text).toContain('mmc_run_log_commit_seconds_sum 0.003');
  expect(text).toContain('mmc_run_log_commit_events_sum 40');
  expect(text).toContain('mmc_http_request_duration_seconds_count{method="GET",route="/api/v1/chats",status="200"} 1');
});

test('ever new model names do not make ever new series', async () => {
  const metrics = new Metrics({ process: false });
  for (let index = 0; index < 1_000; index += 1) metrics.onEnd(run, finish, { provider: 'work', model: `work/${index}` });
  const series = (await metrics.text()).split('\n').filter((line) => line.startsWith('mmc_runs_total{'));
  expect(series).toHaveLength(201);
  expect(series.at(-1)).toContain('model="other"');
});

test('the process itself is measured', async () => {
  const text = await new Metrics({ process: true }).text();
  expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds|process_cpu_seconds_total/);
});
