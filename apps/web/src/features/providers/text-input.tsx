import type { ClipboardEvent } from 'react';
import type { ControlProps } from './field-frame.tsx';

interface TextInputProps extends ControlProps {
  readonly value: string;
  readonly isLong?: boolean | undefined;
  readonly isHidden?: boolean | undefined;
  readonly inputMode?: 'decimal' | undefined;
  readonly placeholder?: string | undefined;
  readonly onChange: (text: string) => void;
}

/** White space around what is pasted is a slip of the clipboard. */
export function TextInput({ value, isLong = false, isHidden = false, onChange, ...control }: TextInputProps) {
  const onPaste = (event: ClipboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData('text');
    const trimmed = pasted.trim();
    if (trimmed === pasted) return;
    event.preventDefault();
    const { currentTarget: field } = event;
    const start = field.selectionStart ?? value.length;
    const end = field.selectionEnd ?? value.length;
    field.setRangeText(trimmed, start, end, 'end');
    onChange(field.value);
  };
  const common = {
    ...control,
    className: 'form-input',
    value,
    autoComplete: 'off',
    autoCapitalize: 'none',
    spellCheck: false,
    onPaste,
  } as const;
  if (isLong) return <textarea {...common} rows={4} onChange={(event) => onChange(event.target.value)} />;
  return (
    <input
      {...common}
      type={isHidden ? 'password' : 'text'}
      data-1p-ignore
      data-lpignore="true"
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
