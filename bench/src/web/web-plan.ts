export interface WebPlan {
  /** Characters of the answers that are streamed. */
  readonly streams: readonly number[];
  readonly gapMs: number;
  /** Characters of the settled answers that are opened. */
  readonly settled: readonly number[];
  readonly openings: number;
  readonly chatMessages: number;
  readonly wheels: number;
  readonly memoryAnswers: number;
}

export const fullWebPlan: WebPlan = {
  streams: [20_000, 200_000],
  gapMs: 2,
  settled: [20_000, 200_000],
  openings: 3,
  chatMessages: 2_000,
  wheels: 120,
  memoryAnswers: 100,
};

export const quickWebPlan: WebPlan = {
  streams: [20_000],
  gapMs: 2,
  settled: [20_000, 200_000],
  openings: 1,
  chatMessages: 2_000,
  wheels: 40,
  memoryAnswers: 15,
};

/** Only counters mean anything: for a test. */
export const smokeWebPlan: WebPlan = {
  streams: [6_000],
  gapMs: 3,
  settled: [20_000],
  openings: 1,
  chatMessages: 120,
  wheels: 6,
  memoryAnswers: 3,
};
