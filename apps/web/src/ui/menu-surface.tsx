import { Menu } from '@base-ui/react/menu';
import { type ReactNode, useRef } from 'react';
import type { OpenMenu } from './use-menu-button.ts';

interface MenuSurfaceProps {
  readonly menu: OpenMenu;
  readonly className?: string;
  readonly children: ReactNode;
}

/** The entries of a menu, where its button is. */
export function MenuSurface({ menu, className = '', children }: MenuSurfaceProps) {
  const { anchor, isOpen, isByKey, onClose, onClosed } = menu;
  const list = useRef<HTMLDivElement>(null);
  const onChanged = (isNowOpen: boolean) => {
    if (!isNowOpen) onClosed();
    else if (isByKey) list.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  };
  return (
    <Menu.Root open={isOpen} onOpenChange={(isNowOpen) => !isNowOpen && onClose()} onOpenChangeComplete={onChanged}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} sideOffset={6} align="end" className="z-40">
          <Menu.Popup ref={list} className={`menu ${className}`} finalFocus={anchor}>
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
