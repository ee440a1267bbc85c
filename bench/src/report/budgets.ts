import type { Budget } from './measure.ts';

/** DESIGN.md, section 12. */
export const budgets = {
  addedFirstTextP50: { limit: 1, of: 'value', unit: 'ms' },
  addedFirstTextP99: { limit: 5, of: 'value', unit: 'ms' },
  cpuPerStream: { limit: 1.5, of: 'ratio', unit: '× proxy' },
  cpuPerPlainRequest: { limit: 0.25, of: 'value', unit: 'ms' },
  memoryPerStream: { limit: 50, of: 'value', unit: 'KB' },
  warmStart: { limit: 500, of: 'value', unit: 'ms' },
  idleMemory: { limit: 100, of: 'value', unit: 'MB' },
  openChat: { limit: 20, of: 'value', unit: 'ms' },
} as const satisfies Record<string, Budget>;
