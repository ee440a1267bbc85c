/** How much is measured. All times in seconds unless they say otherwise. */
export interface Plan {
  readonly rounds: number;
  readonly warmUpSeconds: number;
  readonly saturation: { readonly seconds: number; readonly slots: number };
  /** Streams per second; `half` = half of what we can take on SQLite. */
  readonly firstToken: { readonly seconds: number; readonly ratePerSecond: number | 'half' };
  readonly memory: { readonly streams: number; readonly settleMs: number };
  readonly logging: { readonly seconds: number; readonly concurrent: readonly number[]; readonly gapMs: number };
  readonly start: { readonly times: number; readonly idleMs: number };
  readonly history: { readonly messages: number; readonly openings: number };
  readonly plain: { readonly seconds: number; readonly slots: number };
}

export const fullPlan: Plan = {
  rounds: 4,
  warmUpSeconds: 3,
  saturation: { seconds: 4, slots: 128 },
  firstToken: { seconds: 6, ratePerSecond: 'half' },
  memory: { streams: 2_000, settleMs: 5_000 },
  logging: { seconds: 4, concurrent: [1, 50, 200], gapMs: 20 },
  start: { times: 5, idleMs: 2_000 },
  history: { messages: 2_000, openings: 50 },
  plain: { seconds: 3, slots: 16 },
};

/** Under a minute; shows that everything runs and whether a number is far off, not more. */
export const quickPlan: Plan = {
  rounds: 1,
  warmUpSeconds: 1,
  saturation: { seconds: 1.5, slots: 64 },
  firstToken: { seconds: 1, ratePerSecond: 'half' },
  memory: { streams: 300, settleMs: 500 },
  logging: { seconds: 1, concurrent: [1, 50], gapMs: 20 },
  start: { times: 1, idleMs: 1_000 },
  history: { messages: 60, openings: 10 },
  plain: { seconds: 0.5, slots: 16 },
};

/** Only the correctness counters mean anything here: for a test among other tests. */
export const smokePlan: Plan = {
  rounds: 1,
  warmUpSeconds: 0.1,
  saturation: { seconds: 0.3, slots: 8 },
  firstToken: { seconds: 0.3, ratePerSecond: 40 },
  memory: { streams: 20, settleMs: 100 },
  logging: { seconds: 0.2, concurrent: [8], gapMs: 5 },
  start: { times: 1, idleMs: 100 },
  history: { messages: 10, openings: 2 },
  plain: { seconds: 0.1, slots: 4 },
};
