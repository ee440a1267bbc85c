import { TriangleAlert } from 'lucide-react';
import { useTexts } from '../preferences/use-texts.ts';

const rows = [0, 1, 2];

/** In the size of what comes. */
export function RowsSkeleton() {
  const t = useTexts();
  return (
    <div className="skeleton" role="status" aria-label={t.loading()}>
      {rows.map((row) => (
        <div key={row} className="skeleton-block mb-3 h-24 rounded-xl" />
      ))}
    </div>
  );
}

export function LoadFailed({ text, retry }: { readonly text: string; readonly retry: () => void }) {
  const t = useTexts();
  return (
    <div className="form-alert" role="alert">
      <TriangleAlert size={18} className="mt-0.5 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{text}</p>
        <button type="button" className="button button-quiet mt-2" onClick={retry}>
          {t.retry()}
        </button>
      </div>
    </div>
  );
}
