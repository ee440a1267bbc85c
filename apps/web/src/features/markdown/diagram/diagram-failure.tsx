import { useTexts } from '../../preferences/use-texts.ts';
import type { DiagramResult } from './diagram-painter.ts';

interface DiagramFailureProps {
  readonly result: Exclude<DiagramResult, { kind: 'drawn' }>;
  readonly onRetry: () => void;
}

/** Why there is no picture. The text of the diagram stands below. */
export function DiagramFailure({ result, onRetry }: DiagramFailureProps) {
  const t = useTexts();
  const texts = {
    refused: t.diagram_refused,
    'too-long': t.diagram_too_long,
    'too-slow': t.diagram_too_slow,
    unavailable: t.diagram_unavailable,
  };
  return (
    <div className="diagram-failure" dir="auto">
      <p>{texts[result.kind]()}</p>
      {result.kind === 'refused' && (
        <pre className="diagram-detail" dir="ltr">
          {result.detail}
        </pre>
      )}
      {result.kind === 'unavailable' && (
        <button type="button" className="button button-quiet" onClick={onRetry}>
          {t.retry()}
        </button>
      )}
    </div>
  );
}
