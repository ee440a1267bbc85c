import { CircleAlert, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { describeError } from '../chat/error-text.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';

/** What went wrong with saving a field, and how to try again. */
export interface SaveFault {
  readonly error: unknown;
  readonly retry: () => void;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly help: ReactNode;
  /** Absent: nothing to go back to. */
  readonly onReset?: (() => void) | undefined;
  /** Why the value cannot be as it is. */
  readonly fault?: ReactNode;
  readonly saveFault?: SaveFault | undefined;
  /** Beside the label. */
  readonly side?: ReactNode;
  readonly children?: ReactNode;
}

/** One setting: its name, what it does, and what is wrong with it. Its control is described by `${id}-help`. */
export function Field({ id, label, help, onReset, fault, saveFault, side, children }: FieldProps) {
  const s = useSettingsTexts();
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
        {onReset && (
          <button
            type="button"
            className="reset-button"
            aria-label={s.settings_reset_one({ name: label })}
            title={s.settings_reset_one_hint()}
            onClick={() => {
              onReset();
              // The button is gone now; the focus stays with its field.
              document.getElementById(id)?.focus();
            }}
          >
            <RotateCcw size={14} aria-hidden />
          </button>
        )}
        {side}
      </div>
      {children}
      <div id={`${id}-help`} className="field-help">
        {help}
        <div role="alert">
          {fault && (
            <p className="field-fault">
              <CircleAlert size={14} aria-hidden className="mt-0.5 shrink-0" />
              <span>{fault}</span>
            </p>
          )}
          {saveFault && <SaveFaultLine {...saveFault} />}
        </div>
      </div>
    </div>
  );
}

export function SaveFaultLine({ error, retry }: SaveFault) {
  const s = useSettingsTexts();
  return (
    <p className="field-fault">
      <CircleAlert size={14} aria-hidden className="mt-0.5 shrink-0" />
      <span>
        {s.settings_not_saved({ reason: describeError(error).title })}{' '}
        <button type="button" className="link-button" onClick={retry}>
          {s.settings_save_again()}
        </button>
      </span>
    </p>
  );
}
