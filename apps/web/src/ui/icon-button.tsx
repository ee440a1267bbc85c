import { Tooltip } from '@base-ui/react/tooltip';
import type { ComponentProps } from 'react';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly label: string;
  readonly size?: 'normal' | 'small';
}

/** An icon with its name for everybody: read out, and shown on hover and focus. */
export function IconButton({ label, size = 'normal', className = '', children, ...rest }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={<button {...rest} type="button" aria-label={label} className={`icon-button ${className}`} data-size={size} />}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6}>
          <Tooltip.Popup className="tooltip">{label}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
