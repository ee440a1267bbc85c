import { beforeEach, expect, test } from 'vitest';
import { overwriteGetLocale } from '../../paraglide/runtime.js';
import { describeRunError, textOfCode } from './error-text.ts';

beforeEach(() => overwriteGetLocale(() => 'en'));

function actionFor(place: unknown): string {
  return describeRunError({ code: 'auth', message: 'refused', isRetryable: false, details: { setting: 'apiKey', place } }, 'run').action;
}

const at = 'providers[0].settings.apiKey';

test.each([
  [{ kind: 'environment', variable: 'YC_API_KEY' }, 'Correct YC_API_KEY in the server’s environment and restart it.'],
  [{ kind: 'file', path: 'mmc.config.json', at }, `Correct ${at} in mmc.config.json and restart the server.`],
  [{ kind: 'file', path: 'mmc.config.json', at, variable: 'WORK_KEY' }, 'Correct WORK_KEY in the server’s environment and restart it.'],
  [{ kind: 'app' }, 'Correct it in Settings → Providers.'],
])('a setting of %o is mended there', (place, action) => {
  expect(actionFor(place)).toBe(action);
});

test.each([undefined, null, 'x', {}, { kind: 'file' }, { kind: 'new' }])('the place %j leaves the usual advice', (place) => {
  expect(actionFor(place)).toBe(textOfCode('auth').action);
});
