import { Refusal } from './errors.ts';

export interface QuotaOptions {
  readonly now: () => number;
  readonly concurrentGenerations: number;
  readonly generationsPerHour: number;
  readonly embeddingsPerSecond: number;
}

/** A gauge counts what runs; a rate counts what came within a window. */
export class Quotas {
  readonly #options: QuotaOptions;
  #generations: number[] = [];
  #embeddings: number[] = [];

  constructor(options: QuotaOptions) {
    this.#options = options;
  }

  /** `running`: generations that hold a slot now. */
  admitGeneration(running: number): void {
    const { concurrentGenerations, generationsPerHour } = this.#options;
    if (running >= concurrentGenerations) throw exceeded('ai.textGenerationCompletionSessionsCount.count gauge', concurrentGenerations);
    if (generationsPerHour === Infinity) return;
    this.#generations = this.#within(this.#generations, 3_600_000);
    if (this.#generations.length >= generationsPerHour)
      throw exceeded('ai.textGenerationCompletionRequestsPerHour.rate rate', generationsPerHour);
    this.#generations.push(this.#options.now());
  }

  admitEmbedding(): void {
    const { embeddingsPerSecond } = this.#options;
    this.#embeddings = this.#within(this.#embeddings, 1000);
    if (this.#embeddings.length >= embeddingsPerSecond)
      throw exceeded('ai.embeddingsTextEmbeddingRequestsPerSecond.rate rate', embeddingsPerSecond);
    this.#embeddings.push(this.#options.now());
  }

  #within(times: number[], windowMs: number): number[] {
    const from = this.#options.now() - windowMs;
    return times.filter((time) => time > from);
  }
}

function exceeded(quota: string, allowed: number): Refusal {
  return new Refusal(429, `${quota} quota limit exceed: allowed ${String(allowed)} requests`);
}
