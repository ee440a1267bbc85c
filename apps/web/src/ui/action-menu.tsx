import { cloneElement, lazy, Suspense } from 'react';
import { loadPart } from './load-part.ts';
import type { ActionMenuProps } from './menu-action.ts';

const popup = loadPart(() => import('./action-menu-popup.tsx'));
const ActionMenuPopup = lazy(async () => ({ default: (await popup).ActionMenuPopup }));

/** A button with a short list of things to do. */
export function ActionMenu(props: ActionMenuProps) {
  return (
    <Suspense fallback={cloneElement(props.trigger, { disabled: true })}>
      <ActionMenuPopup {...props} />
    </Suspense>
  );
}
