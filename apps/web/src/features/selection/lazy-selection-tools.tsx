import { lazy, Suspense } from 'react';
import { loadPart } from '../../ui/load-part.ts';

const SelectionTools = lazy(() => loadPart(async () => ({ default: (await import('./selection-tools.tsx')).SelectionTools })));

/** Not a part of the first load: there has to be an answer first. */
export function LazySelectionTools() {
  return (
    <Suspense>
      <SelectionTools />
    </Suspense>
  );
}
