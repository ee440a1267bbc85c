interface Size {
  readonly width: number;
  readonly height: number;
}

interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

const gapPx = 6;
/** To the edges of the view. */
const marginPx = 5;

/** Above the middle of what it belongs to; below where there is no room; never out of the view. */
export function tooltipPlace(anchor: Box, tooltip: Size, view: Size): { readonly left: number; readonly top: number } {
  const middle = anchor.left + anchor.width / 2 - tooltip.width / 2;
  const left = Math.max(marginPx, Math.min(middle, view.width - tooltip.width - marginPx));
  const above = anchor.top - gapPx - tooltip.height;
  const below = anchor.top + anchor.height + gapPx;
  const isBelow = above < marginPx && below + tooltip.height <= view.height - marginPx;
  return { left: Math.round(left), top: Math.round(isBelow ? below : above) };
}
