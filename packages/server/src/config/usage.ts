import { settings } from './setting.ts';

/** `--help`: made from the same table that is read. */
export function usage(): string {
  const rows = Object.entries(settings).map(
    ([key, { flag, variable, allowed }]) =>
      `  ${(flag === undefined ? '' : `--${flag}`).padEnd(22)} ${variable.padEnd(24)} ${key.padEnd(18)} ${allowed}`,
  );
  return [
    'Multimodel Chat server',
    '',
    `  ${'option'.padEnd(22)} ${'variable'.padEnd(24)} ${'mmc.config.json'.padEnd(18)} allowed`,
    ...rows,
    '',
    '  --json-ready           prints {"ready":true,"url":...,"pid":...} when the server is ready',
    '  --migrate-only         applies pending migrations, prints {"applied":[...],"backup":...} and ends',
    '  --inspect              prints as JSON how configuration, data folder, database and page stand, changes nothing and ends',
    '  --help                 prints this',
    '',
    'Defaults < mmc.config.json (path in MMC_CONFIG) < variables < options.',
    '',
  ].join('\n');
}
