import { createClient } from '@multimodel/client';
import { startYandexGptSimulator, type YandexGptSimulator } from '@multimodel/simulators';
import { test as base, expect, type Page } from '@playwright/test';
import { createDataDir } from '../src/server-process.ts';
import { openSite, type Site } from './open-site.ts';

interface WorkerFixtures {
  /** What the provider is configured with, over what `createDataDir` takes. */
  readonly providerSettings: Readonly<Record<string, unknown>>;
  /** Settings of the server itself. */
  readonly serverEnv: Readonly<Record<string, string>>;
  readonly simulator: YandexGptSimulator;
  readonly site: Site;
}

interface TestFixtures {
  /** What a page must never do: errors on the console, requests to strangers. Checked after each walk. */
  readonly watchdog: { readonly allow: (pattern: RegExp) => void };
}

const untouched = { theme: 'system', language: null, defaultModel: null, generation: {}, sendOnEnter: true } as const;

export const test = base.extend<TestFixtures, WorkerFixtures>({
  providerSettings: [{}, { scope: 'worker', option: true }],
  serverEnv: [{}, { scope: 'worker', option: true }],
  simulator: [
    // Playwright reads the wanted fixtures from this pattern; an empty one the linters refuse.
    async ({ playwright: _ }, use) => {
      await using simulator = await startYandexGptSimulator({ pieceDelayMs: 5, concurrentGenerations: 100 });
      await use(simulator);
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ simulator, providerSettings, serverEnv }, use) => {
      const dataDir = await createDataDir(simulator.url, providerSettings);
      await using site = await openSite(dataDir, serverEnv);
      await use(site);
    },
    { scope: 'worker' },
  ],
  baseURL: ({ site }, use) => use(site.url),
  watchdog: [
    async ({ page, site }, use) => {
      // The server outlives a walk, and so would the language or the theme that one has left.
      await createClient({ baseUrl: site.url }).settings.update(untouched);
      const faults: string[] = [];
      const allowed: RegExp[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') faults.push(`console ${message.type()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== site.url) faults.push(`request to a stranger: ${request.url()}`);
      });
      await use({ allow: (pattern) => void allowed.push(pattern) });
      expect(faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Chooses the simulated model and sends a question from wherever the page is. */
export async function ask(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Сообщение' });
  await composer.fill(text);
  await page.getByRole('button', { name: 'Отправить' }).click();
  await expect(composer).toHaveValue('');
}

/** The answer of `[[long n]]`. */
export const countTo = (last: number): string => Array.from({ length: last }, (_, index) => index + 1).join(' ');
