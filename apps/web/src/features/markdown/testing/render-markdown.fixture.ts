import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Services } from '../../../app/services.ts';
import { ServicesContext } from '../../../app/services-context.ts';
import { createPreferencesStore } from '../../../state/preferences-store.ts';
import { createStorageArea } from '../../../state/storage-area.ts';
import { FootnotePrefix } from '../footnote.tsx';
import { GroupView } from '../markdown-blocks.tsx';
import type { MarkdownDocument } from '../markdown-document.ts';

const area = createStorageArea(() => {
  throw new Error('No storage here');
});
// oxlint-disable-next-line typescript/consistent-type-assertions -- the renderer asks only for the language
const services = { preferences: createPreferencesStore({ area, languages: ['en'] }) } as unknown as Services;

/** What the page would hold for a document, as text. */
export function renderDocument(document: MarkdownDocument): string {
  const groups = document.groups.map((group) => createElement(GroupView, { key: group.index, group }));
  const page = createElement(FootnotePrefix, { value: 'x' }, groups);
  return renderToStaticMarkup(createElement(ServicesContext, { value: services }, page));
}
