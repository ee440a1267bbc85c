import { useEffect } from 'react';
import { useServices } from '../../app/services-context.ts';
import type { CommandRegistry } from './command-registry.ts';
import { isField, isLayerOpen } from './open-layers.ts';

/** Runs commands by their keys. Before everything else on the page: a tooltip would keep Esc to itself. */
export function useShortcuts(): void {
  const { commands } = useServices();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => runByKey(commands, event);
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [commands]);
}

function runByKey(commands: CommandRegistry, event: KeyboardEvent): void {
  if (event.isComposing || event.repeat || !mayBeShortcut(event)) return;
  const command = commands.commandOf(event);
  if (!command) return;
  event.preventDefault();
  if (command.opens) commands.toggle(command.opens);
  else commands.run(command);
}

/** Without Ctrl or ⌘ a key belongs to the field that has the focus and to whatever lies over the page. */
function mayBeShortcut({ key, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey) return true;
  if (isLayerOpen()) return false;
  const isComposer = target instanceof Element && target.id === 'composer';
  return !isField(target) || (key === 'Escape' && isComposer) || key === 'F6';
}
