import { Dialog } from '@base-ui/react/dialog';
import { useRef } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { CommandPalette } from './command-palette.tsx';
import type { CommandLayer } from './command-registry.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';

/** What commands open over the page. Focus goes back to where it was, and only then what was chosen is done. */
export function CommandLayers() {
  const t = useTexts();
  const { commands } = useServices();
  const layer = useStore(commands.store, (state) => state.layer);
  const lastLayer = useRef<CommandLayer>('palette');
  const chosen = useRef<() => void>(undefined);
  const origin = useRef<Element>(null);
  const popup = useRef<HTMLDivElement>(null);
  const { activeElement, body } = document;
  // One layer may follow another: the way back is to where the first began.
  if (layer && activeElement !== body && !popup.current?.contains(activeElement)) origin.current = activeElement;
  if (layer) lastLayer.current = layer;
  // While it fades out it is still what it was.
  const shown = layer ?? lastLayer.current;
  const choose = (run: () => void) => {
    chosen.current = run;
    commands.show(undefined);
  };
  const onOpenChangeComplete = (isOpen: boolean) => {
    if (isOpen) return;
    chosen.current?.();
    chosen.current = undefined;
  };
  return (
    <Dialog.Root
      open={layer !== undefined}
      onOpenChange={(isOpen) => !isOpen && commands.show(undefined)}
      onOpenChangeComplete={onOpenChangeComplete}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="layer-backdrop" />
        <Dialog.Popup ref={popup} className={shown === 'sheet' ? 'sheet' : 'palette'} finalFocus={() => wayBack(origin.current)}>
          {shown === 'sheet' ? (
            <ShortcutSheet />
          ) : (
            <>
              <Dialog.Title className="sr-only">{t.palette_title()}</Dialog.Title>
              <CommandPalette view={shown} choose={choose} />
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What it was opened from may be gone, as a panel that was just closing. */
function wayBack(origin: Element | null): HTMLElement | true {
  if (origin instanceof HTMLElement && origin.isConnected) return origin;
  return document.getElementById('composer') ?? document.getElementById('main') ?? true;
}
