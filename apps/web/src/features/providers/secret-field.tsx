import type { ProviderSecretDto } from '@multimodel/contract';
import { Eye, EyeOff, FileKey2 } from 'lucide-react';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../../ui/icon-button.tsx';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { type ControlProps, FieldFrame, type SettingFieldProps } from './field-frame.tsx';
import { TextInput } from './text-input.tsx';

/** Write-only: what is stored is told about, never shown. */
export function SecretField({ form, field }: SettingFieldProps) {
  const { edits } = useStore(form.store);
  const stored = form.provider?.secrets[field.name];
  const edit = edits[field.name];
  const text = edit?.kind === 'text' ? edit.text : undefined;
  const isOpen = text !== undefined || edit?.kind === 'cleared' || !stored?.isSet;
  const wasOpen = useRef(isOpen);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wasOpen.current !== isOpen) box.current?.querySelector<HTMLElement>('input:not([type="file"]), textarea, button')?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return (
    <FieldFrame form={form} field={field}>
      {(control) => (
        <div ref={box}>
          {!isOpen && stored ? (
            <StoredSecret
              control={control}
              secret={stored}
              canClear={!field.isRequired}
              onReplace={() => form.edit(field.name, { kind: 'text', text: '' })}
              onClear={() => form.edit(field.name, { kind: 'cleared' })}
            />
          ) : (
            <NewSecret
              control={control}
              text={text ?? ''}
              isJson={field.kind === 'json'}
              isCleared={edit?.kind === 'cleared'}
              onChange={(next) => form.edit(field.name, { kind: 'text', text: next })}
              onKeep={stored?.isSet ? () => form.restore(field.name) : undefined}
            />
          )}
        </div>
      )}
    </FieldFrame>
  );
}

interface StoredSecretProps {
  readonly control: ControlProps;
  readonly secret: ProviderSecretDto;
  readonly canClear: boolean;
  readonly onReplace: () => void;
  readonly onClear: () => void;
}

function StoredSecret({ control, secret, canClear, onReplace, onClear }: StoredSecretProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const { lastFour, changedAt } = secret;
  const date = changedAt && new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' }).format(changedAt);
  return (
    <div className="secret-box">
      <p className="min-w-0 flex-1">
        {lastFour ? s.secret_set_ending({ ending: lastFour }) : s.secret_set()}
        {date && <span className="text-muted">, {s.secret_changed({ date })}</span>}
      </p>
      <button
        type="button"
        id={control.id}
        aria-describedby={control['aria-describedby']}
        className="button button-quiet"
        onClick={onReplace}
      >
        {s.secret_replace()}
      </button>
      {canClear && (
        <button type="button" className="button button-quiet" onClick={onClear}>
          {s.secret_clear()}
        </button>
      )}
    </div>
  );
}

interface NewSecretProps {
  readonly control: ControlProps;
  readonly text: string;
  readonly isJson: boolean;
  readonly isCleared: boolean;
  readonly onChange: (text: string) => void;
  /** Back to the stored one. */
  readonly onKeep: (() => void) | undefined;
}

function NewSecret({ control, text, isJson, isCleared, onChange, onKeep }: NewSecretProps) {
  const s = useSettingsTexts();
  const [isShown, setIsShown] = useState(false);
  return (
    <>
      <div className="flex items-start gap-1">
        <TextInput {...control} value={text} isLong={isJson} isHidden={!isShown} onChange={onChange} />
        {!isJson && (
          <IconButton label={isShown ? s.secret_hide() : s.secret_show()} onClick={() => setIsShown(!isShown)}>
            {isShown ? <EyeOff size={17} aria-hidden /> : <Eye size={17} aria-hidden />}
          </IconButton>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2 empty:hidden">
        {isJson && <FileButton onText={onChange} />}
        {onKeep && (
          <button type="button" className="button button-quiet mt-2" onClick={onKeep}>
            {s.secret_keep()}
          </button>
        )}
      </div>
      {isCleared && (
        <p role="status" className="field-note">
          {s.secret_will_be_cleared()}
        </p>
      )}
    </>
  );
}

const maxFileBytes = 64 * 1024;

/** Read here, in the browser; it leaves only with the form. */
function FileButton({ onText }: { readonly onText: (text: string) => void }) {
  const s = useSettingsTexts();
  const input = useRef<HTMLInputElement>(null);
  const [note, setNote] = useState<{ readonly text: string; readonly isBad: boolean }>();
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    // The same file, mended, can be chosen again.
    event.target.value = '';
    if (!file) return;
    try {
      if (file.size > maxFileBytes) throw new RangeError('too large');
      onText((await file.text()).trim());
      setNote({ text: s.file_read({ name: file.name }), isBad: false });
    } catch (error) {
      setNote({ text: error instanceof RangeError ? s.file_too_large() : s.file_unreadable(), isBad: true });
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        className="hidden"
        aria-label={s.file_choose()}
        onChange={(event) => void read(event)}
      />
      <button type="button" className="button button-quiet mt-2" onClick={() => input.current?.click()}>
        <FileKey2 size={16} aria-hidden />
        {s.file_choose()}
      </button>
      {note && (
        <p role="status" className={`mt-2 text-[13px] ${note.isBad ? 'text-danger' : 'text-muted'}`}>
          {note.text}
        </p>
      )}
    </>
  );
}
