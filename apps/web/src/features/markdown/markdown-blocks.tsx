import type { BlockContent, DefinitionContent, Heading, List, ListItem, RootContent } from 'mdast';
import { Fragment, memo, type ReactNode } from 'react';
import { useTexts } from '../preferences/use-texts.ts';
import { isFinishedDiagram } from './closed-code.ts';
import { CodeBlock } from './code-block.tsx';
import { DiagramBlock } from './diagram/diagram-block.tsx';
import { estimateHeight } from './estimate-height.ts';
import { Footnote } from './footnote.tsx';
import { Formula } from './formula.tsx';
import type { MarkdownBlock, MarkdownGroup } from './markdown-document.ts';
import { plainText, renderInline } from './markdown-inline.tsx';
import { MarkdownTable } from './markdown-table.tsx';

/** Deeper than anybody writes; a model that repeats `>` for ever must not exhaust the stack. */
const maxDepth = 24;

/** Sixteen blocks. Settled, it costs nothing more: neither React nor, off screen, the browser looks at it again. */
export const GroupView = memo(function GroupView({ group }: { readonly group: MarkdownGroup }) {
  const size = group.isSettled ? { containIntrinsicSize: `auto ${heightOf(group.blocks)}px` } : undefined;
  return (
    <div className="md-group" data-settled={group.isSettled || undefined} style={size}>
      {group.blocks.map(({ index, node }) => (
        <BlockView key={index} node={node} depth={0} />
      ))}
    </div>
  );
});

const heightOf = (blocks: readonly MarkdownBlock[]): number => estimateHeight(blocks.map(({ source }) => source).join('\n\n'));

interface BlockProps {
  readonly node: RootContent;
  readonly depth: number;
}

export const BlockView = memo(function BlockView({ node, depth }: BlockProps): ReactNode {
  if (depth > maxDepth) return <p dir="auto">{plainText(node)}</p>;
  switch (node.type) {
    case 'paragraph':
      return <p dir="auto">{renderInline(node.children)}</p>;
    case 'heading':
      return <HeadingView node={node} />;
    case 'list':
      return <ListView node={node} depth={depth} />;
    case 'code':
      return isFinishedDiagram(node) ? <DiagramBlock source={node.value} /> : <CodeBlock code={node.value} info={node.lang ?? ''} />;
    case 'math':
      return <Formula tex={node.value} isBlock />;
    case 'table':
      return <MarkdownTable node={node} />;
    default:
      return <RareBlock node={node} depth={depth} />;
  }
});

function RareBlock({ node, depth }: BlockProps): ReactNode {
  switch (node.type) {
    case 'blockquote':
      return <blockquote dir="auto">{renderBlocks(node.children, depth)}</blockquote>;
    case 'thematicBreak':
      return <hr />;
    case 'footnoteDefinition':
      return (
        <Footnote identifier={node.identifier} label={node.label ?? node.identifier}>
          {renderBlocks(node.children, depth)}
        </Footnote>
      );
    case 'html':
      return (
        <p dir="auto" className="md-html">
          {node.value}
        </p>
      );
    default:
      return null;
  }
}

function renderBlocks(nodes: readonly (BlockContent | DefinitionContent)[], depth: number): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end, their place is their identity
  return nodes.map((node, index) => <BlockView key={index} node={node} depth={depth + 1} />);
}

/** The page has its h1 and the message its h2. */
function HeadingView({ node }: { readonly node: Heading }) {
  const children = renderInline(node.children);
  const attributes = { dir: 'auto', 'data-depth': node.depth } as const;
  switch (node.depth) {
    case 1:
      return <h3 {...attributes}>{children}</h3>;
    case 2:
      return <h4 {...attributes}>{children}</h4>;
    case 3:
      return <h5 {...attributes}>{children}</h5>;
    default:
      return <h6 {...attributes}>{children}</h6>;
  }
}

function ListView({ node, depth }: { readonly node: List; readonly depth: number }) {
  const items = node.children.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items only grow at the end, their place is their identity
    <ItemView key={index} item={item} isLoose={node.spread ?? false} depth={depth} />
  ));
  if (!node.ordered) return <ul dir="auto">{items}</ul>;
  return (
    <ol dir="auto" start={node.start ?? 1}>
      {items}
    </ol>
  );
}

interface ItemProps {
  readonly item: ListItem;
  readonly isLoose: boolean;
  readonly depth: number;
}

const ItemView = memo(function ItemView({ item, isLoose, depth }: ItemProps) {
  const isTask = typeof item.checked === 'boolean';
  return (
    <li dir="auto" className={isTask ? 'task' : undefined}>
      {isTask && <TaskMark isDone={item.checked === true} />}
      {item.children.map((child, index) =>
        child.type === 'paragraph' && !isLoose && !item.spread ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Fragment key={index}>{renderInline(child.children)}</Fragment>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <BlockView key={index} node={child} depth={depth + 1} />
        ),
      )}
    </li>
  );
});

function TaskMark({ isDone }: { readonly isDone: boolean }) {
  const t = useTexts();
  const label = isDone ? t.markdown_task_done() : t.markdown_task_open();
  return <span role="img" className="task-mark" data-done={isDone || undefined} aria-label={label} />;
}
