import { Menu } from '@base-ui/react/menu';
import { useRef } from 'react';
import type { ActionMenuProps } from './menu-action.ts';

/** An action is done once the menu is gone, so that its farewell to the focus does not take it from a field that opens. */
export function ActionMenuPopup({ trigger, actions }: ActionMenuProps) {
  const chosen = useRef<() => void>(undefined);
  const onOpenChangeComplete = (isOpen: boolean) => {
    if (isOpen) return;
    chosen.current?.();
    chosen.current = undefined;
  };
  const choose = (run: () => void) => {
    chosen.current = run;
  };
  return (
    <Menu.Root onOpenChangeComplete={onOpenChangeComplete}>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-40">
          <Menu.Popup className="menu">
            {actions.map(({ label, icon: Icon, isDanger, run }) => (
              <Menu.Item key={label} className="menu-item" data-danger={isDanger || undefined} onClick={() => choose(run)}>
                <Icon size={16} aria-hidden />
                {label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
