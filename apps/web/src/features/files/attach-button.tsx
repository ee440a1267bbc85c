import type { ModelFilesDto } from '@multimodel/contract';
import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import type { FileTray } from '../../state/file-tray.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { acceptedTypes } from './accepted-types.ts';

interface AttachButtonProps {
  readonly tray: FileTray;
  /** Of the model that answers next. */
  readonly accepted: ModelFilesDto | undefined;
}

export function AttachButton({ tray, accepted }: AttachButtonProps) {
  const t = useTexts();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label={t.files_attach()} onClick={() => input.current?.click()}>
        <Paperclip size={18} aria-hidden />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={acceptedTypes(accepted)}
        onChange={({ currentTarget }) => {
          tray.add([...(currentTarget.files ?? [])]);
          // The same file may be chosen again after it was removed.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
