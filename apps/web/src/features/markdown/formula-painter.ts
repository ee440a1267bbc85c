import { useEffect, useSyncExternalStore } from 'react';
import type { PaintedFormula } from './katex-painter.ts';

type FormulaPainter = (tex: string, isBlock: boolean) => PaintedFormula;

let painter: FormulaPainter | undefined;
let isLoading = false;
const listeners = new Set<() => void>();

async function load(): Promise<void> {
  if (isLoading || painter) return;
  isLoading = true;
  try {
    const { paintFormula } = await import('./katex-painter.ts');
    painter = paintFormula;
    for (const listener of listeners) listener();
  } catch {
    // Formulas show their source; the next one tries again.
  } finally {
    isLoading = false;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** KaTeX and its fonts come with the first formula. */
export function useFormulaPainter(): FormulaPainter | undefined {
  useEffect(() => {
    void load();
  }, []);
  return useSyncExternalStore(
    subscribe,
    () => painter,
    () => undefined,
  );
}
