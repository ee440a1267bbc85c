import type { ChoiceFacts } from '@multimodel/core';
import type { Preset } from './preset.ts';

const cloud = { ru: 'Облачные сервисы', en: 'Cloud services' };
const local = { ru: 'На своей машине', en: 'On your own machine' };
const other = { ru: 'Любой другой', en: 'Any other' };

/** What a form tells of a preset: where it is, whether it takes a key and where that is made, or how it is started. */
export function presetFacts({ baseUrl, keysAt, start }: Preset): ChoiceFacts {
  const key = keysAt === undefined ? {} : { needs: ['apiKey'], links: { apiKey: `https://${keysAt}` } };
  const address = baseUrl === undefined ? { needs: ['baseUrl'] } : { usual: { baseUrl } };
  const note = start && { note: { ru: `Ключ не нужен. Запускается так: ${start.ru}`, en: `Needs no key. Started by: ${start.en}` } };
  return { group: start ? local : baseUrl === undefined ? other : cloud, ...key, ...address, ...note };
}
