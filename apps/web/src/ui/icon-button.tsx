import type { ComponentProps } from 'react';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly label: string;
  readonly size?: 'normal' | 'small';
}

/** An icon with its name for everybody: read out, and shown on hover and focus by the tooltip of the page. */
export function IconButton({ label, size = 'normal', className = '', children, ...rest }: IconButtonProps) {
  return (
    <button {...rest} type="button" aria-label={label} className={`icon-button ${className}`} data-size={size} data-tooltip="">
      {children}
    </button>
  );
}
