import { expect, test } from 'vitest';
import { createLogger } from '../logging/create-logger.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { sweepFiles } from './file-sweeper.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('files are swept a minute after the start and every six hours, whatever goes wrong, until the end', async () => {
  const clock = createFakeClock();
  const log: string[] = [];
  let sweeps = 0;
  const sweep = async (): Promise<void> => {
    sweeps += 1;
    if (sweeps === 2) throw new Error('disk gone');
  };
  const sweeper = sweepFiles({ attachments: { sweep }, clock, logger: createLogger('debug', { write: (line) => void log.push(line) }) });
  clock.advance(59_999);
  expect(sweeps).toBe(0);
  clock.advance(1);
  await settle();
  for (const expected of [2, 3]) {
    clock.advance(6 * 60 * 60_000);
    await settle();
    expect(sweeps).toBe(expected);
  }
  expect(log.filter((line) => line.includes('disk gone'))).toHaveLength(1);
  sweeper[Symbol.dispose]();
  clock.advance(24 * 60 * 60_000);
  await settle();
  expect(sweeps).toBe(3);
});
