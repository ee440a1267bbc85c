import type { CommitInfo, Run, RunFinishEvent, RunObserver } from '@multimodel/core';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { LabelBudget } from './label-budget.ts';

export interface HttpObservation {
  readonly method: string;
  /** The pattern, never the path: ids would make a series each. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
}

/** What is read at the moment of a scrape. */
export interface LiveFigures {
  activeRuns(): number;
  openStreams(): number;
  /** Bytes. */
  bufferedBytes(): number;
}

const httpBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const runBuckets = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300];
const commitBuckets = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2];
const batchBuckets = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000];
const mostModels = 200;

/** Prometheus metrics of this process, in a registry of its own. */
export class Metrics implements RunObserver {
  readonly #registry = new Registry();
  readonly #models = new LabelBudget(mostModels);
  readonly #http = this.#histogram(
    'mmc_http_request_duration_seconds',
    'Requests and how long they took, without event streams',
    ['method', 'route', 'status'],
    httpBuckets,
  );
  readonly #runs = this.#counter('mmc_runs_total', 'Runs that came to rest, by state and error code', [
    'state',
    'code',
    'provider',
    'model',
  ]);
  readonly #firstToken = this.#histogram(
    'mmc_run_first_token_seconds',
    'From leaving the queue to the first token',
    ['provider', 'model'],
    runBuckets,
  );
  readonly #duration = this.#histogram('mmc_run_duration_seconds', 'From leaving the queue to the end', ['provider', 'model'], runBuckets);
  readonly #queue = this.#histogram('mmc_run_queue_seconds', 'Time in the queue of the provider', ['provider'], runBuckets);
  readonly #tokens = this.#counter('mmc_tokens_total', 'Tokens, as counted by the vendor or estimated', ['provider', 'model', 'kind']);
  readonly #cost = this.#counter('mmc_cost_total', 'Cost by the price book, in units of the currency', ['provider', 'model', 'currency']);
  readonly #commitSeconds = this.#histogram('mmc_run_log_commit_seconds', 'Commits of the run log', [], commitBuckets);
  readonly #commitEvents = this.#histogram('mmc_run_log_commit_events', 'Events per commit of the run log', [], batchBuckets);
  readonly #commitRuns = this.#histogram('mmc_run_log_commit_runs', 'Runs per commit of the run log', [], batchBuckets);

  /** `process` adds CPU, memory, garbage collection and event loop lag. */
  constructor(options: { readonly process: boolean }) {
    if (options.process) collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  watch(figures: LiveFigures): void {
    this.#gauge('mmc_runs_active', 'Runs at work or in a queue', figures.activeRuns);
    this.#gauge('mmc_event_streams_open', 'Readers of event streams', figures.openStreams);
    this.#gauge('mmc_event_streams_buffered_bytes', 'Written for readers of event streams and not taken by them', figures.bufferedBytes);
  }

  onRequest({ method, route, status, durationMs }: HttpObservation): void {
    this.#http.observe({ method, route, status: String(status) }, durationMs / 1_000);
  }

  onCommit({ runs, events, durationMs }: CommitInfo): void {
    this.#commitSeconds.observe(durationMs / 1_000);
    this.#commitEvents.observe(events);
    this.#commitRuns.observe(runs);
  }

  onEnd(_run: Run, finish: RunFinishEvent, facts: { readonly provider?: string | undefined; readonly model?: string | undefined }): void {
    const labels = { provider: facts.provider ?? 'none', model: this.#models.of(facts.model ?? 'none') };
    const { state, error, timings, usage, cost } = finish;
    this.#runs.inc({ ...labels, state, code: error?.code ?? 'none' });
    if (usage) {
      this.#tokens.inc({ ...labels, kind: 'input' }, usage.inputTokens);
      this.#tokens.inc({ ...labels, kind: 'output' }, usage.outputTokens);
    }
    if (cost) this.#cost.inc({ ...labels, currency: cost.currency }, cost.amount);
    if (!timings) return;
    this.#queue.observe({ provider: labels.provider }, timings.queueMs / 1_000);
    this.#duration.observe(labels, timings.totalMs / 1_000);
    if (timings.firstTokenMs !== undefined) this.#firstToken.observe(labels, timings.firstTokenMs / 1_000);
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  // Four things that a histogram is: an object would only repeat their names.
  #histogram<Label extends string>(name: string, help: string, labelNames: readonly Label[], buckets: number[]): Histogram<Label> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [this.#registry], collect: () => gauge.set(read()) });
  }
}
