import { useEffect } from 'react';

/**
 * Safari lays its keyboard over the page instead of making room: the frame gets the height that is left. Other browsers do it
 * themselves (`interactive-widget` in index.html). A page that is zoomed in is left alone.
 */
export function useViewportHeight(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const { style } = document.documentElement;
    const fit = () => {
      const isCovered = viewport.scale <= 1.01 && window.innerHeight - viewport.height > 1;
      if (!isCovered) {
        style.removeProperty('--viewport-height');
        return;
      }
      style.setProperty('--viewport-height', `${Math.round(viewport.height)}px`);
      // It also pushes the page up to show the field, which is in view again now.
      window.scrollTo(0, 0);
    };
    viewport.addEventListener('resize', fit);
    viewport.addEventListener('scroll', fit);
    return () => {
      viewport.removeEventListener('resize', fit);
      viewport.removeEventListener('scroll', fit);
      style.removeProperty('--viewport-height');
    };
  }, []);
}
