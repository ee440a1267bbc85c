import { createContext, useContext } from 'react';

export interface SidebarState {
  readonly isNarrow: boolean;
  readonly openDrawer: () => void;
  readonly closeDrawer: () => void;
}

export const SidebarContext = createContext<SidebarState>({ isNarrow: false, openDrawer: () => undefined, closeDrawer: () => undefined });

export function useSidebar(): SidebarState {
  return useContext(SidebarContext);
}
