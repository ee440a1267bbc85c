import { lazy, Suspense, useState } from 'react';
import { loadPart } from '../../ui/load-part.ts';
import type { Size } from '../../ui/zoom-steps.ts';
import { useTexts } from '../preferences/use-texts.ts';

const ZoomDialog = lazy(() => loadPart(async () => ({ default: (await import('../../ui/zoom-dialog.tsx')).ZoomDialog })));

/** Pixels only: a drawing may hold what a picture must not. */
const embedded = /^data:image\/(png|jpeg|webp|gif|avif);base64,[a-z\d+/]+={0,2}$/i;

/** What kind of picture an address holds in itself, as a file is named after it; undefined for addresses of any other kind. */
export const embeddedKind = (url: string): string | undefined => embedded.exec(url)?.[1]?.toLowerCase();

interface EmbeddedImageProps {
  readonly url: string;
  readonly kind: string;
  readonly alt: string;
}

/** A picture that is part of the answer: nothing is fetched to show it. A click shows it large. */
export function EmbeddedImage({ url, kind, alt }: EmbeddedImageProps) {
  const t = useTexts();
  const [size, setSize] = useState<Size>();
  const [isBroken, setIsBroken] = useState(false);
  const [isZoomed, setIsZoomed] = useState(false);
  const name = alt || t.markdown_image();
  if (isBroken) return alt;
  return (
    <>
      <button type="button" className="embedded-image" aria-label={t.zoom_of({ name })} disabled={!size} onClick={() => setIsZoomed(true)}>
        <img
          src={url}
          alt={name}
          onLoad={({ currentTarget }) => setSize({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })}
          onError={() => setIsBroken(true)}
        />
      </button>
      {size && isZoomed && (
        <Suspense>
          <ZoomDialog name={name} fileName={`image.${kind}`} src={url} size={size} onClose={() => setIsZoomed(false)} />
        </Suspense>
      )}
    </>
  );
}
