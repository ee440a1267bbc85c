import { Dialog } from '@base-ui/react/dialog';
import { Download, Minus, Plus, Scan, X } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTexts } from '../features/preferences/use-texts.ts';
import '../app/zoom.css';
import { IconButton } from './icon-button.tsx';
import { firstScale, fitScale, type Size, zoomIn, zoomOut } from './zoom-steps.ts';

interface ZoomDialogProps {
  readonly name: string;
  readonly fileName: string;
  readonly src: string;
  readonly size: Size;
  readonly onClose: () => void;
}

/** A picture over the whole page: as large as fits, larger by step, moved by hand, wheel or arrow keys. */
export function ZoomDialog({ name, fileName, src, size, onClose }: ZoomDialogProps) {
  const t = useTexts();
  const stage = useRef<HTMLElement>(null);
  const fit = fitScale(size, { width: window.innerWidth, height: window.innerHeight });
  const [chosen, setChosen] = useState(() => firstScale(fit));
  const scale = chosen ?? fit;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') setChosen(zoomIn(scale));
    else if (event.key === '-') setChosen(zoomOut(scale));
    else if (event.key === '0') setChosen(undefined);
  };
  const drag = useDrag();
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="zoom-backdrop" />
        <Dialog.Popup className="zoom" initialFocus={stage} onKeyDown={onKeyDown}>
          <div className="zoom-bar">
            <Dialog.Title className="zoom-title" dir="auto">
              {name}
            </Dialog.Title>
            <IconButton label={t.zoom_out()} onClick={() => setChosen(zoomOut(scale))}>
              <Minus size={18} aria-hidden />
            </IconButton>
            <output className="zoom-scale" aria-label={t.zoom_scale()}>{`${Math.round(scale * 100)} %`}</output>
            <IconButton label={t.zoom_in()} onClick={() => setChosen(zoomIn(scale))}>
              <Plus size={18} aria-hidden />
            </IconButton>
            <IconButton label={t.zoom_fit()} onClick={() => setChosen(undefined)}>
              <Scan size={17} aria-hidden />
            </IconButton>
            <a className="icon-button" href={src} download={fileName} aria-label={t.markdown_download()} title={t.markdown_download()}>
              <Download size={18} aria-hidden />
            </a>
            <Dialog.Close render={<IconButton label={t.close()} />}>
              <X size={19} aria-hidden />
            </Dialog.Close>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
          <section ref={stage} className="zoom-stage" tabIndex={0} aria-label={name} {...drag}>
            <img src={src} alt={name} width={Math.round(size.width * scale)} height={Math.round(size.height * scale)} draggable={false} />
          </section>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A mouse drags the picture; fingers scroll by themselves. */
function useDrag() {
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType !== 'mouse' || event.buttons !== 1) return;
    event.currentTarget.scrollLeft -= event.movementX;
    event.currentTarget.scrollTop -= event.movementY;
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType === 'mouse' && event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
  };
  return { onPointerMove, onPointerDown };
}
