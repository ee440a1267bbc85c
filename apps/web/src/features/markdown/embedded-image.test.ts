import { expect, test } from 'vitest';
import { embeddedKind } from './embedded-image.tsx';
import { MarkdownDocument } from './markdown-document.ts';
import { renderDocument } from './testing/render-markdown.fixture.ts';

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p5Nn3wAAAABJRU5ErkJggg==';

test('pixels that an answer brings along are shown in it, under a button that enlarges them', () => {
  const document = new MarkdownDocument();
  document.finish(`![Chart](data:image/png;base64,${pixel})`);
  const html = renderDocument(document);
  expect(html).toContain(`<img src="data:image/png;base64,${pixel}" alt="Chart"/>`);
  expect(html).toMatch(/<button [^>]*aria-label="Chart: [^"]+"/);
});

test.each([
  'data:image/svg+xml;base64,PHN2Zy8+',
  'data:text/html;base64,PGI+',
  'data:image/png,plain',
  'data:image/png;base64,not base64',
  'data:image/png;base64,',
  'https://example.com/data:image/png;base64,AAAA',
  'blob:https://example.com/1',
])('nothing else is a picture of the answer itself: %s', (url) => {
  expect(embeddedKind(url)).toBeUndefined();
});
