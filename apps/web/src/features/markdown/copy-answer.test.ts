import { expect, test } from 'vitest';
import { formulaToMathMl } from './katex-painter.ts';
import { markdownToHtml } from './markdown-to-html.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { safeUrl } from './safe-url.ts';

test('a copied answer is clean HTML', () => {
  expect(markdownToHtml('# Итог\n\nЭто **важно** и `a<b`\n\n- один\n- [x] два')).toBe(
    '<h1>Итог</h1><p>Это <strong>важно</strong> и <code>a&lt;b</code></p><ul><li>один</li><li>☑ два</li></ul>',
  );
  expect(markdownToHtml('| a | b |\n|---|---|\n| 1 | x & y |')).toBe(
    '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>x &amp; y</td></tr></tbody></table>',
  );
  expect(markdownToHtml('2. b\n3. c')).toBe('<ol start="2"><li>b</li><li>c</li></ol>');
  expect(markdownToHtml('$a<b$\n\n```js\nx && "y"\n```')).toBe('<p>$a&lt;b$</p><pre><code>x &amp;&amp; &quot;y&quot;</code></pre>');
});

test('formulas are copied as MathML, wrong ones as they were written', () => {
  const html = markdownToHtml('Пусть \\(x^2\\) и $\\foo$:\n\n$$\n\\frac{1}{2}\n$$', formulaToMathMl);
  expect(html).toMatch(/^<p>Пусть <math xmlns="[^"]+"><semantics>.*x\^2<\/annotation><\/semantics><\/math> и \$\\foo\$:<\/p>/);
  expect(html).toMatch(/<p><math [^>]*display="block">.*<mfrac>.*<\/math><\/p>$/s);
  expect(markdownToHtml('$\\href{javascript:alert(1)}{x}$', formulaToMathMl)).not.toContain('href="');
});

test('nothing in a copied answer runs', () => {
  const html = markdownToHtml('<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) ![b](data:text/html,x) [c](https://e.ru/"><b>)');
  expect(html).toBe('&lt;img src=x onerror=alert(1)&gt;<p>a b <a href="https://e.ru/%22%3E%3Cb%3E">c</a></p>');
});

test.each([
  ['https://example.com/a', 'example.com'],
  ['mailto:a@b.ru', 'a@b.ru'],
  ['https://пример.рф/путь', 'пример.рф'],
  ['https://аррlе.com/', 'xn--l-7sbq6ba.com'],
])('%s leads to %s', (url, host) => {
  expect(safeUrl(url)?.host).toBe(host);
});

test.each([
  'javascript:alert(1)',
  'JaVa\nScript:x',
  'vbscript:x',
  'data:text/html,x',
  '/settings',
  'x',
  '//evil.ru',
  'https://ya.ru@evil.ru',
  'file:///etc',
])('%s leads nowhere', (url) => {
  expect(safeUrl(url)).toBeUndefined();
});

const formulas = (markdown: string) => {
  const found: string[] = [];
  JSON.stringify(parseMarkdown(markdown), (_key, value: { type?: string; value?: string } | null) => {
    if (value?.type === 'inlineMath' || value?.type === 'math') found.push(value.value ?? '');
    return value;
  });
  return found;
};

test.each(['5 $ и 10 $', 'от $5 до $10', 'US$5, A$6', 'стоит 5$, было 10$', 'цена $ 5 $'])('%s is money', (text) => {
  expect(formulas(text)).toEqual([]);
});

test.each([
  ['$a^2$', 'a^2'],
  ['пусть $x$, тогда', 'x'],
  ['($5x$)', '5x'],
  ['$$a b$$', 'a b'],
  ['$$\na\n$$', 'a'],
  ['$a\nb$', 'a\nb'],
])('%s is a formula', (text, value) => {
  expect(formulas(text)).toEqual([value]);
});
