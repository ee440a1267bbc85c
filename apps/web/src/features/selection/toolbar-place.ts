export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Frame extends Box {
  readonly isTouch: boolean;
}

/** What is selected, and the paragraph or quotation that it is a part of. */
export interface Selected extends Box {
  readonly block: Pick<Box, 'top' | 'bottom'>;
}

const gapPx = 8;
/** The handles of a selection hang below it, and the system's own menu stands above. */
const touchGapPx = 36;
const edgePx = 8;

/**
 * Where the toolbar stands: above what is selected, below it in the last line of a block, so that the block can be read; on touch
 * below; always within the frame. Undefined when that is out of sight.
 */
export function toolbarPlace(selected: Selected, size: { readonly width: number; readonly height: number }, frame: Frame) {
  if (selected.bottom < frame.top || selected.top > frame.bottom) return undefined;
  const middle = (selected.left + selected.right) / 2;
  const left = clamp(middle - size.width / 2, frame.left + edgePx, frame.right - edgePx - size.width);
  const above = selected.top - gapPx - size.height;
  const below = selected.bottom + (frame.isTouch ? touchGapPx : gapPx);
  const hasRoomAbove = above >= frame.top + edgePx;
  const hasRoomBelow = below <= frame.bottom - edgePx - size.height;
  const covers = { above: overlap(above, size.height, selected.block), below: overlap(below, size.height, selected.block) };
  const isBelow = frame.isTouch || !hasRoomAbove || (hasRoomBelow && covers.below < covers.above);
  const wanted = isBelow ? below : above;
  return { left, top: clamp(wanted, frame.top + edgePx, frame.bottom - edgePx - size.height) };
}

const clamp = (value: number, min: number, max: number): number => Math.max(min, Math.min(value, max));

function overlap(top: number, height: number, block: Pick<Box, 'top' | 'bottom'>): number {
  return Math.max(0, Math.min(top + height, block.bottom) - Math.max(top, block.top));
}
