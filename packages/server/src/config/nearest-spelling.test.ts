import { expect, test } from 'vitest';
import { nearestSpelling } from './nearest-spelling.ts';

test.each([
  ['MMC_DATADIR', 'MMC_DATA_DIR'],
  ['MMC_DTAA_DIR', 'MMC_DATA_DIR'],
  ['mmc_data_dir', 'MMC_DATA_DIR'],
  ['prot', 'port'],
  ['hots', 'host'],
  ['somethingElseEntirely', undefined],
])('%s means %s', (given, meant) => {
  expect(nearestSpelling(given, ['MMC_DATA_DIR', 'MMC_CONFIG', 'port', 'host'])).toBe(meant);
});
