import { defineConfig } from '@playwright/test';
import walkConfig from './playwright.config.ts';

const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const;

/** Pictures of the main screens from scripted data, into docs/screenshots. */
export default defineConfig({
  ...walkConfig,
  testDir: 'screenshots',
  testMatch: '*.picture.ts',
  projects: Object.entries(sizes).flatMap(([size, use]) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      (['ru', 'en'] as const).map((language) => ({
        name: `${size}-${colorScheme}-${language}`,
        use: { ...use, colorScheme, locale: language === 'ru' ? 'ru-RU' : 'en-GB', reducedMotion: 'reduce' as const },
      })),
    ),
  ),
});
