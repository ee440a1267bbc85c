import { type KeyboardEvent, type MouseEvent, type RefObject, useRef, useState } from 'react';

/** A menu that is open, or on its way out. */
export interface OpenMenu {
  /** What it stands at, and where the focus goes back to. */
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly isOpen: boolean;
  /** Opened by the keyboard: the first entry is where it goes on. */
  readonly isByKey: boolean;
  readonly onClose: () => void;
  readonly onClosed: () => void;
}

export interface MenuButtonProps {
  readonly ref: RefObject<HTMLButtonElement | null>;
  readonly 'aria-haspopup': 'menu';
  readonly 'aria-expanded': boolean;
  readonly 'data-popup-open': true | undefined;
  readonly onClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export interface MenuButton {
  readonly button: MenuButtonProps;
  /** Absent while nobody wants it: there is a button per answer, table and chat, and a menu takes more memory than an answer. */
  readonly menu: OpenMenu | undefined;
}

/** Makes a button one that opens a menu. */
export function useMenuButton(): MenuButton {
  const anchor = useRef<HTMLButtonElement>(null);
  const [state, setState] = useState<{ readonly isOpen: boolean; readonly isByKey: boolean }>();
  const isOpen = state?.isOpen === true;
  const button: MenuButtonProps = {
    ref: anchor,
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    'data-popup-open': isOpen || undefined,
    // Enter and Space click too, with no button of a mouse.
    onClick: ({ detail }) => setState({ isOpen: true, isByKey: detail === 0 }),
    onKeyDown: (event) => {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      // Of a list, say, in which the arrows go elsewhere.
      event.stopPropagation();
      setState({ isOpen: true, isByKey: true });
    },
  };
  const menu = state && {
    ...state,
    anchor,
    onClose: () => setState({ ...state, isOpen: false }),
    onClosed: () => setState(undefined),
  };
  return { button, menu };
}
