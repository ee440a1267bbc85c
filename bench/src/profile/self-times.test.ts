import { expect, test } from 'vitest';
import { type CpuProfile, functionPlace, type ProfileNode, partOf, selfTimes, totalTimes } from './self-times.ts';

const node = (id: number, functionName: string, url: string): ProfileNode => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
});

const profile: CpuProfile = {
  nodes: [node(1, '(idle)', ''), node(2, 'append', 'file:///x/packages/core/src/run/run-log.ts'), node(3, 'write', 'node:net')],
  samples: [1, 2, 2, 3],
  timeDeltas: [50_000, 1_000, 2_000, 1_000],
};

test('time is counted where it was spent, idle time not at all', () => {
  expect(selfTimes(profile)).toEqual([
    { place: 'append  packages/core/src/run/run-log.ts:10', ms: 3, share: 0.75 },
    { place: 'write  node:net:10', ms: 1, share: 0.25 },
  ]);
});

test('parts are packages, libraries and Node', () => {
  const part = (url: string): string => partOf(node(1, 'f', url));
  expect(part('file:///x/packages/core/src/run/run-log.ts')).toBe('packages/core');
  expect(part('file:///x/node_modules/@fastify/helmet/index.js')).toBe('@fastify/helmet');
  expect(part('file:///x/node_modules/a/node_modules/undici/lib/api.js')).toBe('undici');
  expect(part('node:internal/streams/writable')).toBe('node:internal');
  expect(partOf(node(1, '(garbage collector)', ''))).toBe('(garbage collector)');
  expect(functionPlace(node(1, '', ''))).toBe('(anonymous)  native');
});

test('what a function calls counts as its own, also when it calls itself', () => {
  const nested: CpuProfile = {
    nodes: [
      { ...node(1, '(root)', ''), children: [2] },
      { ...node(2, 'append', 'file:///x/packages/core/src/run/run-log.ts'), children: [3] },
      { ...node(3, 'append', 'file:///x/packages/core/src/run/run-log.ts'), children: [4] },
      node(4, 'write', 'node:net'),
    ],
    samples: [2, 3, 4],
    timeDeltas: [1_000, 2_000, 3_000],
  };
  expect(totalTimes(nested)).toEqual([{ place: 'append  packages/core/src/run/run-log.ts:10', ms: 6, share: 1 }]);
});
