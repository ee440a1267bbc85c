import { useEffect, useState } from 'react';
import { isLayerOpen } from '../commands/open-layers.ts';
import { SelectedPiece } from './selected-piece.ts';

/** What is selected in an answer, once the hand that selects has let go; forgotten on `dismiss` until something else is selected. */
export function useSelectedPiece(): { readonly piece: SelectedPiece | undefined; readonly dismiss: () => void } {
  const [piece, setPiece] = useState<SelectedPiece>();
  useEffect(() => {
    const events = new AbortController();
    const { signal } = events;
    let isHeld = false;
    const look = () => {
      // The palette takes the selection into its field; what was selected is still meant.
      if (!isHeld && !isLayerOpen()) setPiece(SelectedPiece.now());
    };
    const hold = (event: PointerEvent) => {
      if (event.pointerType === 'mouse') isHeld = true;
    };
    const release = () => {
      isHeld = false;
      // The browser settles the selection after this event.
      window.requestAnimationFrame(look);
    };
    document.addEventListener('pointerdown', hold, { capture: true, signal });
    document.addEventListener('pointerup', release, { capture: true, signal });
    document.addEventListener('pointercancel', release, { capture: true, signal });
    document.addEventListener('selectionchange', look, { signal });
    return () => events.abort();
  }, []);
  return { piece, dismiss: () => setPiece(undefined) };
}
