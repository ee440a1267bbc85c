import process from 'node:process';
import { binaryOf } from './checks/tools.ts';
import { buildWebIfStale } from './launcher/web-build.mjs';
import { runNode } from './process/run-command.ts';
import { chromium } from './testing/chromium.ts';

/** Pictures of the main screens into docs/screenshots; options go to Playwright, for example `--project phone-dark-ru`. */
const browser = await chromium.prepare();
if ('missing' in browser) {
  console.error(`Pictures need a browser: ${browser.missing}`);
  process.exit(1);
}
if (process.env['MMC_PUBLIC_DIR'] === undefined) {
  await buildWebIfStale({ root: process.cwd(), node: process.execPath, say: (line: string) => console.error(line) });
}
const { exitCode } = await runNode(
  [binaryOf('@playwright/test', 'playwright'), 'test', '--config', 'e2e/screenshots.config.ts', ...process.argv.slice(2)],
  { env: { [chromium.variable]: browser.value }, onOutput: (text) => process.stdout.write(text) },
);
process.exitCode = exitCode;
