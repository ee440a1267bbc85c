import type { AttachmentDto } from '@multimodel/contract';
import { ImageOff } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useServices } from '../../app/services-context.ts';
import { loadPart } from '../../ui/load-part.ts';
import type { Size } from '../../ui/zoom-steps.ts';
import { useTexts } from '../preferences/use-texts.ts';
import type { Box } from './picture-size.ts';

const ZoomDialog = lazy(() => loadPart(async () => ({ default: (await import('../../ui/zoom-dialog.tsx')).ZoomDialog })));

interface PictureProps {
  readonly attachment: AttachmentDto;
  readonly size: Box;
  readonly isMade: boolean;
}

/** Its room is there before it is; a click shows it large. */
export function Picture({ attachment: { id, name }, size, isMade }: PictureProps) {
  const t = useTexts();
  const src = useServices().client.attachments.contentUrl(id);
  const [natural, setNatural] = useState<Size>();
  const [isBroken, setIsBroken] = useState(false);
  const [isZoomed, setIsZoomed] = useState(false);
  const style = { width: size.width, aspectRatio: `${size.width} / ${size.height}` };
  if (isBroken) {
    return (
      <p className="picture picture-missing" style={style}>
        <ImageOff size={18} aria-hidden />
        <span>{t.file_picture_missing({ name })}</span>
      </p>
    );
  }
  const shownName = isMade ? t.file_made({ name }) : name;
  return (
    <>
      <button
        type="button"
        className="picture"
        style={style}
        aria-label={t.zoom_of({ name: shownName })}
        // It can be reached from the beginning, and waits for the picture.
        aria-disabled={!natural || undefined}
        onClick={() => natural && setIsZoomed(true)}
      >
        <img
          src={src}
          alt={shownName}
          decoding="async"
          onLoad={({ currentTarget }) => setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })}
          onError={() => setIsBroken(true)}
        />
      </button>
      {natural && isZoomed && (
        <Suspense>
          <ZoomDialog name={name} fileName={name} src={src} size={natural} onClose={() => setIsZoomed(false)} />
        </Suspense>
      )}
    </>
  );
}
