import { Menu } from '@base-ui/react/menu';
import { useRef } from 'react';
import type { MenuAction } from './menu-action.ts';
import { MenuSurface } from './menu-surface.tsx';
import type { OpenMenu } from './use-menu-button.ts';

interface ActionMenuPopupProps {
  readonly menu: OpenMenu;
  readonly actions: readonly MenuAction[];
}

/** An action is done once the menu is gone, so that its farewell to the focus does not take it from a field that opens. */
export function ActionMenuPopup({ menu, actions }: ActionMenuPopupProps) {
  const chosen = useRef<() => void>(undefined);
  const onClosed = () => {
    menu.onClosed();
    chosen.current?.();
  };
  const choose = (run: () => void) => {
    chosen.current = run;
  };
  return (
    <MenuSurface menu={{ ...menu, onClosed }}>
      {actions.map(({ label, icon: Icon, isDanger, run }) => (
        <Menu.Item key={label} className="menu-item" data-danger={isDanger || undefined} onClick={() => choose(run)}>
          <Icon size={16} aria-hidden />
          {label}
        </Menu.Item>
      ))}
    </MenuSurface>
  );
}
