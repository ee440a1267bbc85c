import { useServices } from '../../app/services-context.ts';
import { type Shortcut, shortcutCaps } from './shortcut.ts';

/** The keys as they are printed on the reader's keyboard. */
export function KeyCaps({ shortcut, className = '' }: { readonly shortcut: Shortcut; readonly className?: string }) {
  const { isMac } = useServices().commands;
  return (
    <span className={`key-caps ${className}`}>
      {shortcutCaps(shortcut, isMac).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
