import { cloneElement } from 'react';
import { latePart } from './late-part.ts';
import type { ActionMenuProps } from './menu-action.ts';
import { useMenuButton } from './use-menu-button.ts';

const ActionMenuPopup = latePart(async () => (await import('./action-menu-popup.tsx')).ActionMenuPopup);
void ActionMenuPopup.fetch();

/** A button with a short list of things to do. */
export function ActionMenu({ trigger, actions }: ActionMenuProps) {
  const { button, menu } = useMenuButton();
  return (
    <>
      {cloneElement(trigger, button)}
      {menu && <ActionMenuPopup menu={menu} actions={actions} />}
    </>
  );
}
