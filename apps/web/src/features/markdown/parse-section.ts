import { parseMarkdown } from './parse-markdown.ts';
import type { MarkdownBlock } from './reuse-nodes.ts';
import type { Definition, Section } from './split-sections.ts';

const parsed = new WeakMap<Section, readonly MarkdownBlock[]>();

/** The blocks of a section; parsed once, however often it is drawn. */
export function parseSection(section: Section): readonly MarkdownBlock[] {
  const known = parsed.get(section);
  if (known) return known;
  const { text, definitions } = section;
  const lower = text.toLowerCase();
  const wanted = definitions.filter(({ label }) => lower.includes(label));
  const blocks = parseMarkdown(text, definitionLines(wanted)).children.map((node, index) => {
    const source = text.slice(node.position?.start.offset, node.position?.end.offset);
    return { index, node, source };
  });
  parsed.set(section, blocks);
  return blocks;
}

/** For `parseMarkdown`. The comment ends a last footnote, to which what follows would otherwise belong if it is indented. */
export function definitionLines(definitions: readonly Definition[]): string {
  return definitions.length === 0 ? '' : `${definitions.map(({ line }) => line).join('\n\n')}\n\n<!-- -->\n\n`;
}
