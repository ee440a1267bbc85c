import type { LucideIcon } from 'lucide-react';
import { cloneElement, lazy, type ReactElement, Suspense } from 'react';
import { loadPart } from './load-part.ts';

export interface MenuAction {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly isDanger?: boolean | undefined;
  readonly run: () => void;
}

export interface ActionMenuProps {
  readonly trigger: ReactElement<{ readonly disabled?: boolean }>;
  readonly actions: readonly MenuAction[];
}

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
