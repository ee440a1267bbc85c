import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactElement } from 'react';

export interface MenuAction {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly isDanger?: boolean | undefined;
  readonly run: () => void;
}

export interface ActionMenuProps {
  readonly trigger: ReactElement<ComponentProps<'button'>>;
  readonly actions: readonly MenuAction[];
}
