import { Check, CodeXml, Copy, Maximize2 } from 'lucide-react';
import { lazy, Suspense, useLayoutEffect, useRef, useState } from 'react';
import { IconButton } from '../../../ui/icon-button.tsx';
import { loadPart } from '../../../ui/load-part.ts';
import { useTexts } from '../../preferences/use-texts.ts';
import { CopyStatus, useCopy } from '../use-copy.tsx';
import { DiagramFailure } from './diagram-failure.tsx';
import type { DiagramPicture } from './diagram-protocol.ts';
import { keepPlace } from './keep-place.ts';
import { useDiagram } from './use-diagram.ts';

const ZoomDialog = lazy(() => loadPart(async () => ({ default: (await import('../../../ui/zoom-dialog.tsx')).ZoomDialog })));

/** A diagram whose text is complete: its picture, and its text on demand or when it cannot be drawn. */
export function DiagramBlock({ source }: { readonly source: string }) {
  const t = useTexts();
  const block = useRef<HTMLElement>(null);
  const [isSourceShown, setIsSourceShown] = useState(false);
  const [isZoomed, setIsZoomed] = useState(false);
  const copy = useCopy();
  const { result, retry } = useDiagram(source, block);
  const picture = result?.kind === 'drawn' ? result.picture : undefined;
  const name = picture?.title ? t.diagram_named({ title: picture.title }) : t.diagram();
  const height = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what changes the height
  useLayoutEffect(() => keepPlace(block.current, height), [result?.kind, isSourceShown]);
  return (
    <figure ref={block} className="code-block diagram" dir="ltr" data-mermaid={source}>
      <figcaption className="code-head">
        <span className="code-language">{t.diagram()}</span>
        <CopyStatus state={copy.state} />
        {picture && (
          <IconButton
            label={t.diagram_source()}
            size="small"
            aria-pressed={isSourceShown}
            onClick={() => setIsSourceShown((wasShown) => !wasShown)}
          >
            <CodeXml size={16} aria-hidden />
          </IconButton>
        )}
        {picture && (
          <IconButton label={t.zoom_open()} size="small" onClick={() => setIsZoomed(true)}>
            <Maximize2 size={15} aria-hidden />
          </IconButton>
        )}
        <IconButton label={copy.state === 'copied' ? t.markdown_copied() : t.diagram_copy()} size="small" onClick={() => copy.copy(source)}>
          {copy.state === 'copied' ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        </IconButton>
      </figcaption>
      {picture && (
        <button type="button" className="diagram-picture" aria-label={t.zoom_of({ name })} onClick={() => setIsZoomed(true)}>
          <img src={pictureAddress(picture)} width={picture.width} height={picture.height} alt={name} />
        </button>
      )}
      {!result && <output className="diagram-waiting">{t.diagram_waiting()}</output>}
      {result && result.kind !== 'drawn' && <DiagramFailure result={result} onRetry={retry} />}
      {(isSourceShown || !picture) && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        <section className="code-scroll diagram-source" tabIndex={0} aria-label={t.diagram_source()}>
          <pre data-language="mermaid">
            <code>{source}</code>
          </pre>
        </section>
      )}
      {picture && isZoomed && (
        <Suspense>
          <ZoomDialog name={name} fileName="diagram.svg" src={pictureAddress(picture)} size={picture} onClose={() => setIsZoomed(false)} />
        </Suspense>
      )}
    </figure>
  );
}

/** As an image nothing in it runs or loads; as `data:` it has no origin even when it is opened by itself. */
function pictureAddress({ svg }: DiagramPicture): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
