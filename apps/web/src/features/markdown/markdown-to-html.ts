import type { Nodes, Parents, Table } from 'mdast';
import { parseMarkdown } from './parse-markdown.ts';
import { safeUrl } from './safe-url.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

type FormulaToMathMl = (tex: string, isBlock: boolean) => string | undefined;

/** Formulas that a word processor can take as its own. */
const mathMl = new WeakMap<Nodes, string>();

/** Clean HTML for the clipboard. Never put into this page: here everything is React elements. */
export function markdownToHtml(markdown: string, toMathMl?: FormulaToMathMl): string {
  const root = parseMarkdown(markdown);
  if (toMathMl) drawFormulas(root, toMathMl);
  return inner(root);
}

function drawFormulas(node: Nodes, toMathMl: FormulaToMathMl): void {
  if (node.type === 'math' || node.type === 'inlineMath') {
    const drawn = toMathMl(node.value, node.type === 'math');
    if (drawn !== undefined) mathMl.set(node, drawn);
  }
  if ('children' in node) for (const child of node.children) drawFormulas(child, toMathMl);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}

function inner({ children }: Parents): string {
  return children.map(toHtml).join('');
}

function element(tag: string, node: Parents): string {
  return `<${tag}>${inner(node)}</${tag}>`;
}

function toHtml(node: Nodes): string {
  switch (node.type) {
    case 'link':
      return linkHtml(node.url, inner(node));
    case 'image':
      return linkHtml(node.url, escapeHtml(node.alt || node.url));
    case 'table':
      return tableHtml(node);
    case 'break':
      return '<br>';
    case 'thematicBreak':
      return '<hr>';
    case 'definition':
      return '';
    case 'footnoteReference':
      return `<sup>${escapeHtml(node.label ?? node.identifier)}</sup>`;
    case 'footnoteDefinition':
      return `<div><sup>${escapeHtml(node.label ?? node.identifier)}</sup> ${inner(node)}</div>`;
    default:
      return 'children' in node ? containerHtml(node) : literalHtml(node);
  }
}

function containerHtml(node: Parents): string {
  switch (node.type) {
    case 'heading':
      return element(`h${node.depth}`, node);
    case 'paragraph':
      return element('p', node);
    case 'emphasis':
      return element('em', node);
    case 'strong':
      return element('strong', node);
    case 'delete':
      return element('s', node);
    case 'blockquote':
      return element('blockquote', node);
    case 'list': {
      const start = node.start && node.start !== 1 ? ` start="${node.start}"` : '';
      return node.ordered ? `<ol${start}>${inner(node)}</ol>` : element('ul', node);
    }
    case 'listItem':
      return `<li>${checkMark(node.checked)}${itemHtml(node, node.spread)}</li>`;
    default:
      return inner(node);
  }
}

function literalHtml(node: Nodes): string {
  if (!('value' in node)) return '';
  const value = escapeHtml(node.value);
  switch (node.type) {
    case 'code':
      return `<pre><code>${value}</code></pre>`;
    case 'inlineCode':
      return `<code>${value}</code>`;
    case 'math':
      return `<p>${mathMl.get(node) ?? `$$${value}$$`}</p>`;
    case 'inlineMath':
      return mathMl.get(node) ?? `$${value}$`;
    case 'html':
      return value;
    default:
      return value.replace(/\n/g, '<br>');
  }
}

function linkHtml(url: string, content: string): string {
  const safe = safeUrl(url);
  return safe ? `<a href="${escapeHtml(safe.href)}">${content}</a>` : content;
}

function checkMark(checked: boolean | null | undefined): string {
  if (typeof checked !== 'boolean') return '';
  return checked ? '☑ ' : '☐ ';
}

/** Paragraphs of a tight list stand without their own element, as browsers show them. */
function itemHtml(item: Parents, isSpread: boolean | null | undefined): string {
  return item.children.map((child) => (child.type === 'paragraph' && !isSpread ? inner(child) : toHtml(child))).join('');
}

function tableHtml({ children: [head, ...rows] }: Table): string {
  const row = (tag: string, cells: readonly Parents[] = []) => `<tr>${cells.map((cell) => element(tag, cell)).join('')}</tr>`;
  const body = rows.map((cells) => row('td', cells.children)).join('');
  return `<table><thead>${row('th', head?.children)}</thead><tbody>${body}</tbody></table>`;
}
