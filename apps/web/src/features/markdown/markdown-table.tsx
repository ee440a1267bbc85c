import { ClipboardList, Ellipsis, Sheet } from 'lucide-react';
import type { AlignType, Table, TableRow } from 'mdast';
import { memo } from 'react';
import { ActionMenu } from '../../ui/action-menu.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { renderInline } from './markdown-inline.tsx';
import { tableToCsv, tableToMarkdown } from './table-text.ts';
import { CopyStatus, useCopy } from './use-copy.tsx';

type Align = readonly AlignType[];
const noAlign: Align = [];

export function MarkdownTable({ node }: { readonly node: Table }) {
  const t = useTexts();
  const copy = useCopy();
  const [head, ...rows] = node.children;
  const align = node.align ?? noAlign;
  const actions = [
    { label: t.markdown_copy_csv(), icon: Sheet, run: () => copy.copy(tableToCsv(node)) },
    { label: t.markdown_copy_markdown(), icon: ClipboardList, run: () => copy.copy(tableToMarkdown(node)) },
  ];
  const trigger = (
    <button type="button" className="icon-button table-actions" data-size="small" aria-label={t.markdown_table_actions()}>
      <Ellipsis size={16} aria-hidden />
    </button>
  );
  return (
    <div className="md-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="md-scroll" aria-label={t.markdown_table()} tabIndex={0}>
        <table dir="auto">
          <thead>{head && <RowView row={head} align={align.join()} isHead />}</thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows only grow at the end, their place is their identity
              <RowView key={index} row={row} align={align.join()} />
            ))}
          </tbody>
        </table>
      </section>
      <div className="table-bar">
        <CopyStatus state={copy.state} isVisible />
        <ActionMenu trigger={trigger} actions={actions} />
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: TableRow;
  /** As one text, so that a row that stands is not drawn again for an equal list. */
  readonly align: string;
  readonly isHead?: boolean;
}

const RowView = memo(function RowView({ row, align, isHead }: RowProps) {
  const columns = align.split(',');
  return (
    <tr>
      {row.children.map((cell, index) => {
        const content = renderInline(cell.children);
        const column = columns[index] || undefined;
        return isHead ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column's place is its identity
          <th key={index} scope="col" data-align={column}>
            {content}
          </th>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column's place is its identity
          <td key={index} data-align={column}>
            {content}
          </td>
        );
      })}
    </tr>
  );
});
