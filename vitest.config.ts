import { defineConfig } from 'vitest/config';

const sources = ['packages/*/src', 'packages/*/scripts', 'apps/*/src', 'apps/*/scripts', 'bench/src', 'e2e/src', 'scripts'];
const chaos = '**/*.chaos.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: sources.map((folder) => `${folder}/**/*.test.ts`),
          exclude: [chaos],
          // Nothing here mocks a module or keeps global state, so files may share a process: half the time (11.8 s, 6.5 s).
          pool: 'forks',
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Real servers that are killed again and again: one after the other, each with the machine to itself.
        test: {
          name: 'chaos',
          include: sources.map((folder) => `${folder}/**/*.chaos.test.ts`),
          testTimeout: 600_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
