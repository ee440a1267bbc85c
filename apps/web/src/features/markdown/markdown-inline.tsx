import type { Nodes, PhrasingContent } from 'mdast';
import { Fragment, type ReactNode } from 'react';
import { AnswerImage } from './answer-image.tsx';
import { FootnoteReference } from './footnote.tsx';
import { Formula } from './formula.tsx';
import { MarkdownLink } from './markdown-link.tsx';

/** The words of a paragraph, heading, cell. Their place is their identity: text only grows at its end. */
export function renderInline(nodes: readonly PhrasingContent[]): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  return nodes.map((node, index) => <Fragment key={index}>{renderWord(node)}</Fragment>);
}

function renderWord(node: PhrasingContent): ReactNode {
  switch (node.type) {
    case 'link':
      return (
        <MarkdownLink url={node.url} text={plainText(node)}>
          {renderInline(node.children)}
        </MarkdownLink>
      );
    case 'image':
      return <AnswerImage url={node.url} alt={node.alt ?? ''} />;
    case 'inlineMath':
      return <Formula tex={node.value} isBlock={false} />;
    case 'inlineCode':
      return <code dir="ltr">{node.value}</code>;
    case 'footnoteReference':
      return <FootnoteReference identifier={node.identifier} label={node.label ?? node.identifier} />;
    case 'break':
      return <br />;
    default:
      return renderStyled(node);
  }
}

function renderStyled(node: PhrasingContent): ReactNode {
  switch (node.type) {
    case 'strong':
      return <strong>{renderInline(node.children)}</strong>;
    case 'emphasis':
      return <em>{renderInline(node.children)}</em>;
    case 'delete':
      return <del>{renderInline(node.children)}</del>;
    case 'linkReference':
      return renderInline(node.children);
    // HTML is what the model wrote, not what this page is made of.
    default:
      return 'value' in node ? node.value : '';
  }
}

export function plainText(node: Nodes): string {
  if ('value' in node) return node.value;
  if ('children' in node) return node.children.map(plainText).join('');
  return 'alt' in node ? (node.alt ?? '') : '';
}
