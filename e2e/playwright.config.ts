import { defineConfig } from '@playwright/test';

// The distribution's browser: nothing is downloaded. `npm test` finds it and names it here.
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** What the size of the screen has no part in is walked once: the whole takes a quarter of an hour as it is. */
const sameOnEverySize = ['error-kinds', 'long-chats', 'provider-pages', 'rich-answers', 'two-tabs'].map((name) => `${name}.walk.ts`);

export default defineConfig({
  testDir: 'walk',
  testMatch: '*.walk.ts',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  // A shared machine may stand still for seconds; what passes only then is named at the end of the run.
  retries: process.env['CI'] ? 1 : 0,
  reporter: 'list',
  outputDir: '../test-results',
  use: {
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    trace: 'retain-on-failure',
    // Without a UTF-8 locale, as on many a CI machine, Chromium saves no file under a Russian name.
    launchOptions: { executablePath, args: quietFlags, env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' } },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
    { name: 'phone', testIgnore: sameOnEverySize, use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  ],
});
