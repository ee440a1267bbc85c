import { RotateCcw, X } from 'lucide-react';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Conversation } from '../../state/conversation.ts';
import type { FileTray, TrayFile } from '../../state/file-tray.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useModelChoice } from '../models/use-models.ts';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import '../../app/files.css';
import { refusalsOf } from './file-send.ts';
import { faultText, percentText, sizeText } from './file-texts.ts';
import { FileThumbnail } from './file-thumbnail.tsx';
import { TrayNotes } from './tray-notes.tsx';

export interface TrayViewProps {
  readonly conversation: Conversation;
  readonly tray: FileTray;
  /** Where the text is written: the focus goes there after the last file. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** The files of a message in the making, and what stands in their way. */
export function TrayView({ conversation, tray, field }: TrayViewProps) {
  const t = useTexts();
  const list = useRef<HTMLUListElement>(null);
  const { files } = useStore(tray.store);
  const { model } = useModelChoice(conversation);
  const refusals = refusalsOf(files, model);
  const [said, setSaid] = useNews(files);
  const next = useRef<string | undefined>(undefined);

  const remove = ({ key, name }: TrayFile) => {
    const index = files.findIndex((file) => file.key === key);
    next.current = (files[index + 1] ?? files[index - 1])?.key ?? '';
    tray.remove(key);
    setSaid(t.file_removed({ name }));
  };
  useLayoutEffect(() => {
    if (next.current === undefined) return;
    const button = list.current?.querySelector<HTMLElement>(`[data-file="${next.current}"] .file-remove`);
    (button ?? field.current)?.focus();
    next.current = undefined;
  });

  return (
    <>
      <p role="status" className="sr-only">
        {said}
      </p>
      {files.length > 0 && (
        <div className="tray">
          <ul ref={list} className="tray-list" aria-label={t.files_label()}>
            {files.map((file, index) => (
              <TrayItem
                key={file.key}
                file={file}
                isRefused={refusals[index] !== undefined}
                onRetry={() => tray.retry(file.key)}
                onRemove={() => remove(file)}
              />
            ))}
          </ul>
          <TrayNotes conversation={conversation} tray={tray} refusals={refusals} />
        </div>
      )}
    </>
  );
}

interface TrayItemProps {
  readonly file: TrayFile;
  readonly isRefused: boolean;
  readonly onRetry: () => void;
  readonly onRemove: () => void;
}

function TrayItem({ file, isRefused, onRetry, onRemove }: TrayItemProps) {
  const t = useTexts();
  const { key, name, state, fault, content, progress } = file;
  const canRetry = state === 'failed' && content !== undefined && (fault?.kind === 'error' || fault?.kind === 'many');
  return (
    <li className="tray-item" data-file={key} data-state={state} data-refused={isRefused || undefined}>
      <FileThumbnail file={file} />
      <div className="tray-words">
        <bdi className="file-name" title={name}>
          {name}
        </bdi>
        <ItemState file={file} />
      </div>
      {canRetry && (
        <IconButton label={t.file_retry({ name })} size="small" onClick={onRetry}>
          <RotateCcw size={15} aria-hidden />
        </IconButton>
      )}
      <IconButton
        label={state === 'uploading' ? t.file_cancel({ name }) : t.file_remove({ name })}
        size="small"
        className="file-remove"
        onClick={onRemove}
      >
        <X size={16} aria-hidden />
      </IconButton>
      {state === 'uploading' && <progress className="tray-progress" max={1} value={progress} aria-label={t.file_uploading({ name })} />}
    </li>
  );
}

function ItemState({ file: { state, fault, progress, size } }: { readonly file: TrayFile }) {
  const t = useTexts();
  const language = useLanguage();
  if (state === 'failed') return <span className="file-facts text-danger">{fault ? faultText(fault, language) : t.file_gone()}</span>;
  const progressText = state === 'uploading' ? percentText(progress, language) : undefined;
  const waitText = state === 'waiting' ? t.file_waiting() : undefined;
  return <span className="file-facts">{[sizeText(size, language), progressText ?? waitText].filter(Boolean).join(' · ')}</span>;
}

/** Told to whoever does not see the list: that a file is there, or why it is not. */
function useNews(files: readonly TrayFile[]): [string, (text: string) => void] {
  const t = useTexts();
  const language = useLanguage();
  const [said, setSaid] = useState('');
  const before = useRef(new Map<string, TrayFile['state']>());
  useEffect(() => {
    const changed = files.filter(({ key, state }) => before.current.get(key) !== state);
    before.current = new Map(files.map(({ key, state }) => [key, state]));
    const news = changed.flatMap(({ name, state, fault }) => {
      if (state === 'ready') return t.file_ready({ name });
      return fault ? `${name}: ${faultText(fault, language)}` : [];
    });
    if (news.length > 0) setSaid(news.join('. '));
  }, [files, t, language]);
  return [said, setSaid];
}
