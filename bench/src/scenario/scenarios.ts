import type { Scenario } from './bench-context.ts';
import { firstToken } from './first-token.ts';
import { history } from './history.ts';
import { logging } from './logging.ts';
import { memory } from './memory.ts';
import { plain } from './plain.ts';
import { saturation } from './saturation.ts';
import { start } from './start.ts';

/** In the order of their running: the ones with fresh processes first, the one that fills a database last. */
export const scenarios: readonly Scenario[] = [start, memory, saturation, firstToken, plain, logging, history];

export const scenarioNames: readonly string[] = scenarios.map(({ name }) => name);
