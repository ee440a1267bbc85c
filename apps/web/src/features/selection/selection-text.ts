/** What is only there to be clicked, or says again what the text says. */
export const selectionChrome =
  'button, figcaption, .table-bar, .sr-only, .copy-status, .link-host, [role="status"], output, .diagram-picture, .footnote > a';
const blocks = new Set(['P', 'DIV', 'UL', 'OL', 'BLOCKQUOTE', 'H3', 'H4', 'H5', 'H6', 'FIGURE', 'SECTION', 'PRE', 'TABLE', 'HR']);

/** A piece of an answer as text: formulas as TeX, code between fences, tables as Markdown. `root` is a copy and is changed. */
export function selectionText(root: DocumentFragment): string {
  for (const element of root.querySelectorAll(selectionChrome)) element.remove();
  return blockText(root)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function blockText(parent: Node): string {
  let text = '';
  for (const child of parent.childNodes) {
    const isBlock = child instanceof HTMLElement && blocks.has(child.tagName);
    text += isBlock ? `\n\n${elementText(child)}\n\n` : nodeText(child);
  }
  return text;
}

function nodeText(node: Node): string {
  if (node instanceof HTMLElement) return elementText(node);
  return node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : '';
}

function elementText(element: HTMLElement): string {
  const { tex, mermaid } = element.dataset;
  if (tex !== undefined) return element.tagName === 'DIV' ? `$$\n${tex}\n$$` : `$${tex}$`;
  if (mermaid !== undefined) return fenced('mermaid', mermaid);
  switch (element.tagName) {
    case 'BR':
      return '\n';
    case 'HR':
      return '---';
    case 'PRE':
      return fenced(element.dataset['language'] ?? '', element.textContent ?? '');
    case 'TABLE':
      return tableText(element);
    case 'LI':
      return `${marker(element)}${blockText(element)
        .trim()
        .replace(/\n{2,}/g, '\n')
        .replaceAll('\n', '\n  ')}\n`;
    case 'BLOCKQUOTE':
      return blockText(element)
        .trim()
        .replace(/\n{3,}/g, '\n\n')
        .replace(/^/gm, '> ');
    default:
      return blockText(element);
  }
}

/** The fence is longer than any in the code. */
function fenced(language: string, code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(([fence]) => fence.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code.replace(/\n$/, '')}\n${fence}`;
}

function marker(item: HTMLElement): string {
  const list = item.parentElement;
  if (list instanceof HTMLOListElement) return `${list.start + [...list.children].indexOf(item)}. `;
  const mark = item.querySelector<HTMLElement>(':scope > .task-mark');
  if (!mark) return '- ';
  return mark.dataset['done'] === undefined ? '- [ ] ' : '- [x] ';
}

function tableText(table: HTMLElement): string {
  const rows = [...table.querySelectorAll('tr')].map((row) =>
    [...row.children].map((cell) =>
      blockText(cell)
        .trim()
        .replace(/\s*\n\s*/g, ' ')
        .replaceAll('|', '\\|'),
    ),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [head = [], ...rest] = rows;
  if (table.querySelector('th') === null) return rows.map(line).join('\n');
  return [line(head), line(head.map(() => '---')), ...rest.map(line)].join('\n');
}
