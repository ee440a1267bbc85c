import type { Nodes, RootContent } from 'mdast';

export interface MarkdownBlock {
  readonly index: number;
  readonly node: RootContent;
  readonly source: string;
}

type Parent = Extract<RootContent, { children: unknown }>;

/** What items and rows were made of. Their positions say so only within the text they were parsed with. */
const sources = new WeakMap<Nodes, string>();

/** The block of last time where its text is the same, so that what shows it has nothing to do. */
export function reuseBlock(previous: MarkdownBlock | undefined, block: MarkdownBlock): MarkdownBlock {
  const isSameKind = previous?.node.type === block.node.type && previous.index === block.index;
  if (isSameKind && previous.source === block.source && block.source !== '') return previous;
  const before = isSameKind && 'children' in previous.node ? previous.node.children : [];
  if (block.node.type === 'list' || block.node.type === 'table') reuseChildren(before, block.node, block.source);
  return block;
}

/** Items and rows that stand as they stood keep their identity too: only the last of a long list is drawn again. */
function reuseChildren(before: readonly Nodes[], parent: Parent, parentSource: string): void {
  const base = parent.position?.start.offset ?? 0;
  const children: Nodes[] = parent.children;
  for (const [index, child] of children.entries()) {
    const source = parentSource.slice((child.position?.start.offset ?? 0) - base, (child.position?.end.offset ?? 0) - base);
    const old = before[index];
    if (old?.type === child.type && sources.get(old) === source) children[index] = old;
    else sources.set(child, source);
  }
}
