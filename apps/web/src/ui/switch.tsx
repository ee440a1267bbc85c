import type { ComponentProps } from 'react';

interface SwitchProps extends Omit<ComponentProps<'input'>, 'type' | 'role' | 'className' | 'onChange'> {
  readonly checked: boolean;
  readonly onSwitch: (isOn: boolean) => void;
}

/** On or off, at once. */
export function Switch({ checked, onSwitch, ...rest }: SwitchProps) {
  return (
    <input
      {...rest}
      type="checkbox"
      role="switch"
      className="switch"
      checked={checked}
      aria-checked={checked}
      onChange={(event) => onSwitch(event.target.checked)}
    />
  );
}
