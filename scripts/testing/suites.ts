import { chromium } from './chromium.ts';
import type { Need } from './need.ts';
import { postgresql } from './postgresql.ts';
import { redis } from './redis.ts';

/** `checks` are our own steps; the others are runners that write a JSON report. */
export type SuiteRunner = 'checks' | { readonly vitest: string } | { readonly playwright: string };

export interface Suite {
  readonly name: string;
  readonly about: string;
  readonly runner: SuiteRunner;
  /** Tests that miss one of these skip themselves. */
  readonly uses: readonly Need[];
  /** Without one of these the whole suite is skipped. */
  readonly needs: readonly Need[];
  /** The page must be built first. */
  readonly needsPage: boolean;
}

const plain = { uses: [], needs: [], needsPage: false } as const;

const walkConfig = 'e2e/playwright.config.ts';

const walk: Suite = {
  ...plain,
  name: 'e2e',
  about: 'the page in a real browser',
  runner: { playwright: walkConfig },
  needs: [chromium],
  needsPage: true,
};

/** Everything that `npm test` runs, in this order; a new suite is one line. */
export const suites: readonly Suite[] = [
  { ...plain, name: 'check', about: 'types, format, lint, boundaries, dead code', runner: 'checks' },
  { ...plain, name: 'unit', about: 'tests beside the code', runner: { vitest: 'unit' }, uses: [postgresql, redis] },
  walk,
  { ...plain, name: 'chaos', about: 'kills, cuts and slow readers, against real servers', runner: { vitest: 'chaos' }, uses: [postgresql] },
];
