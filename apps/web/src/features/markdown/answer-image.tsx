import { ImageIcon } from 'lucide-react';
import { useTexts } from '../preferences/use-texts.ts';
import { EmbeddedImage, embeddedKind } from './embedded-image.tsx';
import { safeUrl } from './safe-url.ts';

interface AnswerImageProps {
  readonly url: string;
  readonly alt: string;
}

export function AnswerImage({ url, alt }: AnswerImageProps) {
  const kind = embeddedKind(url);
  return kind === undefined ? <RemoteImage url={url} alt={alt} /> : <EmbeddedImage url={url} kind={kind} alt={alt} />;
}

/** A picture on another host is not fetched: its address could carry away what was said here. It opens on a click, in a tab of its own. */
function RemoteImage({ url, alt }: AnswerImageProps) {
  const t = useTexts();
  const safe = safeUrl(url);
  if (!safe?.href.startsWith('http')) return alt;
  return (
    <button type="button" className="remote-image" onClick={() => window.open(safe.href, '_blank', 'noopener,noreferrer')}>
      <ImageIcon size={16} aria-hidden />
      <span>
        {alt !== '' && <bdi className="remote-image-alt">{alt}</bdi>}
        <span className="remote-image-note">{t.markdown_image_open({ host: safe.host })}</span>
      </span>
    </button>
  );
}
