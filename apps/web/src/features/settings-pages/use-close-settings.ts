import { useCallback, useEffect } from 'react';
import { useNavigate } from 'react-router';
import { returnPlace } from '../../app/return-place.ts';

/** Back to the chat that was open before; its composer takes the focus. */
export function useCloseSettings(): () => void {
  const navigate = useNavigate();
  return useCallback(() => void navigate(returnPlace.path), [navigate]);
}

/** Esc, unless something on the page has its own use for it. */
export function useCloseOnEscape(close: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[data-open][role="menu"], [data-open][role="dialog"]')) return;
      close();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [close]);
}
