import { useEffect } from 'react';
import { useServices } from '../../app/services-context.ts';
import type { Command } from './command-registry.ts';

/** Offers these commands while the component is on the page. Keep the list the same between renders (`useMemo`). */
export function useCommands(list: readonly Command[]): void {
  const { commands } = useServices();
  useEffect(() => commands.add(list), [commands, list]);
}
