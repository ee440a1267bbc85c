import type { Nodes, Parents, Table } from 'mdast';
import { plainText } from './markdown-inline.tsx';
import { parseMarkdown } from './parse-markdown.ts';

/** For places that show no formatting: what a reader sees, without the marks. */
export function markdownToText(markdown: string): string {
  return blocks(parseMarkdown(markdown), '\n\n').trim();
}

function blocks({ children }: Parents, between: string): string {
  return children
    .filter(({ type }) => type !== 'definition')
    .map(toText)
    .join(between);
}

function toText(node: Nodes): string {
  switch (node.type) {
    case 'list':
      return node.children.map((item, index) => listItem(item, node.ordered ? `${(node.start ?? 1) + index}. ` : '• ')).join('\n');
    case 'blockquote':
      return blocks(node, '\n\n').replace(/^/gm, '> ');
    case 'table':
      return tableText(node);
    case 'thematicBreak':
      return '* * *';
    case 'footnoteDefinition':
      return `[${node.label ?? node.identifier}] ${blocks(node, '\n')}`;
    case 'paragraph':
    case 'heading':
      return inline(node);
    default:
      return 'value' in node ? node.value : 'children' in node ? blocks(node, '\n\n') : '';
  }
}

function listItem(item: Parents & { readonly checked?: boolean | null | undefined }, mark: string): string {
  const box = typeof item.checked === 'boolean' ? `[${item.checked ? 'x' : ' '}] ` : '';
  // What belongs to the item stands below its beginning.
  return mark + box + blocks(item, '\n').replace(/\n/g, `\n${' '.repeat(mark.length)}`);
}

/** Cells by tabs: a spreadsheet takes them as they are. */
function tableText(table: Table): string {
  return table.children.map((row) => row.children.map((cell) => plainText(cell).replace(/\s+/g, ' ')).join('\t')).join('\n');
}

function inline({ children }: Parents): string {
  return children
    .map((node): string => {
      switch (node.type) {
        case 'link':
          return linkText(inline(node), node.url);
        case 'image':
          return linkText(node.alt ?? '', node.url);
        case 'break':
          return '\n';
        case 'footnoteReference':
          return `[${node.label ?? node.identifier}]`;
        default:
          return 'children' in node ? inline(node) : 'value' in node ? node.value : '';
      }
    })
    .join('');
}

function linkText(text: string, url: string): string {
  return text === '' || text === url || `mailto:${text}` === url ? text || url : `${text} (${url})`;
}
