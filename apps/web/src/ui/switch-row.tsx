import { type ReactNode, useId } from 'react';
import { Switch } from './switch.tsx';

interface SwitchRowProps {
  readonly title: ReactNode;
  readonly help?: ReactNode;
  readonly checked: boolean;
  readonly onSwitch: (isOn: boolean) => void;
  /** More to say of it, by its id. */
  readonly describedBy?: string | undefined;
}

/** A switch with its title, which is its name, and what it does, which is not. All of it can be pressed. */
export function SwitchRow({ title, help, checked, onSwitch, describedBy }: SwitchRowProps) {
  const id = useId();
  const described = [help && `${id}-help`, describedBy].filter(Boolean).join(' ');
  return (
    <label htmlFor={id} className="settings-row">
      <span className="min-w-0 flex-1">
        <span id={`${id}-title`} className="block font-medium">
          {title}
        </span>
        {help && (
          <span id={`${id}-help`} className="block text-[13px] text-muted">
            {help}
          </span>
        )}
      </span>
      <Switch id={id} aria-labelledby={`${id}-title`} aria-describedby={described || undefined} checked={checked} onSwitch={onSwitch} />
    </label>
  );
}
