import { join } from 'node:path';
import type { Page, TestInfo } from '@playwright/test';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots');

/** `chat-light-en.png` on a desktop, `chat-phone-light-en.png` on a phone. */
export async function picture(page: Page, { project }: TestInfo, screen: string): Promise<void> {
  const variant = project.name.replace('desktop-', '');
  await page.screenshot({ path: join(folder, `${screen}-${variant}.png`), animations: 'disabled', caret: 'hide' });
}

export const languageOf = ({ project }: TestInfo): 'ru' | 'en' => (project.name.endsWith('ru') ? 'ru' : 'en');
