export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Frame extends Box {
  readonly isTouch: boolean;
}

const gapPx = 8;
/** The handles of a selection hang below it, and the system's own menu stands above. */
const touchGapPx = 36;
const edgePx = 8;

/** Where the toolbar stands: above what is selected, on touch below it, and always within the frame. Undefined when that is out of sight. */
export function toolbarPlace(selected: Box, size: { readonly width: number; readonly height: number }, frame: Frame) {
  if (selected.bottom < frame.top || selected.top > frame.bottom) return undefined;
  const middle = (selected.left + selected.right) / 2;
  const left = clamp(middle - size.width / 2, frame.left + edgePx, frame.right - edgePx - size.width);
  const above = selected.top - gapPx - size.height;
  const below = selected.bottom + (frame.isTouch ? touchGapPx : gapPx);
  const hasRoomAbove = above >= frame.top + edgePx;
  const wanted = frame.isTouch || !hasRoomAbove ? below : above;
  return { left, top: clamp(wanted, frame.top + edgePx, frame.bottom - edgePx - size.height) };
}

const clamp = (value: number, min: number, max: number): number => Math.max(min, Math.min(value, max));
