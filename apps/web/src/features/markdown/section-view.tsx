import { memo } from 'react';
import { useLazyMount } from '../lazy/use-lazy-mount.ts';
import { estimateHeight } from './estimate-height.ts';
import { BlockView } from './markdown-blocks.tsx';
import { parseSection } from './parse-section.ts';
import type { Section } from './split-sections.ts';

/** Until somebody comes near it is its own text: the browser's search finds it, and nothing is parsed or laid out. */
export const SectionView = memo(function SectionView({ section }: { readonly section: Section }) {
  const { ref, isMounted } = useLazyMount<HTMLDivElement>();
  const size = { containIntrinsicSize: `auto ${estimateHeight(section.text)}px` };
  return (
    <div
      ref={ref}
      className="md-group"
      dir={isMounted ? undefined : 'auto'}
      data-settled
      data-pending={!isMounted || undefined}
      style={size}
    >
      {isMounted ? parseSection(section).map(({ index, node }) => <BlockView key={index} node={node} depth={0} />) : section.text}
    </div>
  );
});
