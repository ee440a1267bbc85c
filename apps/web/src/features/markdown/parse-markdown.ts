import type { Definition, Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfm } from 'micromark-extension-gfm';
import { closedCode } from './closed-code.ts';
import { latexMath } from './latex-math.ts';
import { strictMath } from './strict-math.ts';

const options = {
  extensions: [gfm({ singleTilde: false }), strictMath(), latexMath()],
  mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown(), closedCode()],
};

/** Markdown as a tree; links by reference already lead where their definitions say. `before` is read first and does not appear in the tree. */
export function parseMarkdown(text: string, before = ''): Root {
  const root = fromMarkdown(before + text, options);
  const definitions = new Map<string, Definition>();
  collectDefinitions(root, definitions);
  if (definitions.size > 0) resolveReferences(root, definitions);
  if (before === '') return root;
  const children = root.children.filter(({ position }) => (position?.start.offset ?? 0) >= before.length);
  for (const child of children) shiftPlaces(child, -before.length);
  return { ...root, children };
}

function shiftPlaces(node: Nodes, by: number): void {
  if (node.position) {
    const { start, end } = node.position;
    node.position = { start: { ...start, offset: (start.offset ?? 0) + by }, end: { ...end, offset: (end.offset ?? 0) + by } };
  }
  if ('children' in node) for (const child of node.children) shiftPlaces(child, by);
}

function collectDefinitions(node: Nodes, definitions: Map<string, Definition>): void {
  if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
  if ('children' in node) for (const child of node.children) collectDefinitions(child, definitions);
}

function resolveReferences(parent: Nodes, definitions: ReadonlyMap<string, Definition>): void {
  if (!('children' in parent)) return;
  for (const node of parent.children) {
    const definition = 'identifier' in node ? definitions.get(node.identifier) : undefined;
    if (definition && (node.type === 'linkReference' || node.type === 'imageReference')) {
      const { url, title } = definition;
      Object.assign(node, { type: node.type === 'linkReference' ? 'link' : 'image', url, title });
    }
    resolveReferences(node, definitions);
  }
}
