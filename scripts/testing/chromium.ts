import { existsSync } from 'node:fs';
import { aptInstall } from './debian.ts';
import { type Missing, type Need, nothingToStop, type Prepared } from './need.ts';
import { findInPath } from './programs.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const packages = ['chromium', 'fonts-liberation'];
const macPath = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

function findChromium(): string | undefined {
  const given = process.env['CHROMIUM'];
  return [given, findInPath(names), macPath].find((path) => path !== undefined && existsSync(path));
}

/** The system's browser: nothing is downloaded that the system does not look after. */
async function prepareChromium(): Promise<Prepared | Missing> {
  const found = findChromium();
  if (found !== undefined) return { value: found, [Symbol.asyncDispose]: nothingToStop };
  const refusal = await aptInstall(packages);
  const installed = findChromium();
  if (installed !== undefined) return { value: installed, [Symbol.asyncDispose]: nothingToStop };
  return { missing: `no Chromium in PATH or CHROMIUM; to mend it: ${refusal ?? 'set CHROMIUM to the browser'}` };
}

export const chromium: Need = { name: 'Chromium', variable: 'CHROMIUM', prepare: prepareChromium };
