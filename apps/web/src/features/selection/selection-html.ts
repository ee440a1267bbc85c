import { selectionChrome } from './selection-text.ts';

const kept = new Set([
  'href',
  'start',
  'dir',
  'colspan',
  'rowspan',
  'display',
  'encoding',
  'xmlns',
  'mathvariant',
  'stretchy',
  'fence',
  'separator',
  'accent',
  'columnalign',
  'rowspacing',
  'columnspacing',
]);

/** The same piece for word processors: formulas as MathML, nothing of how this page looks. `root` is a copy and is changed. */
export function selectionHtml(root: DocumentFragment): string {
  for (const formula of root.querySelectorAll('[data-tex]')) {
    const math = formula.querySelector('math');
    if (math) formula.replaceChildren(math);
  }
  for (const element of root.querySelectorAll(selectionChrome)) element.remove();
  for (const element of root.querySelectorAll('*')) {
    // Copied: the list loses members on the way.
    for (const { name, value } of Array.from(element.attributes)) {
      // A note's own place is on this page only.
      if (!kept.has(name) || (name === 'href' && value.startsWith('#'))) element.removeAttribute(name);
    }
  }
  const holder = document.createElement('div');
  holder.append(root);
  return holder.innerHTML;
}
