import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { isAwayState } from '../../state/connection-store.ts';
import type { Conversation } from '../../state/conversation.ts';
import type { FileTray } from '../../state/file-tray.ts';
import type { UnsentFile } from '../../state/unsent-file.ts';
import { useModelChoice } from '../models/use-models.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { readinessOf } from './file-send.ts';

interface SendFilesInput {
  readonly conversation: Conversation;
  readonly tray: FileTray;
  /** Of everything but the files. */
  readonly canSend: boolean;
  readonly hasText: boolean;
  /** True when the message is on its way. */
  readonly send: (files: readonly UnsentFile[]) => Promise<boolean>;
}

interface SendFiles {
  readonly canSend: boolean;
  readonly submit: () => Promise<void>;
}

/** A message goes when its files are there. Without a connection it goes to wait with them. */
export function useSendFiles({ conversation, tray, canSend, hasText, send }: SendFilesInput): SendFiles {
  const t = useTexts();
  const { connection, files: messageFiles, notices } = useServices();
  const { files, isSendWanted } = useStore(tray.store);
  const { model } = useModelChoice(conversation);
  const isAway = useStore(connection.store, ({ state }) => isAwayState(state));
  const isSubmitting = useRef(false);
  const readiness = readinessOf(files, model);
  const canGo = canSend && readiness !== 'blocked' && (hasText || readiness !== 'none');
  const isTime = readiness !== 'pending' || isAway;

  const submit = async () => {
    if (!canGo || isSubmitting.current) return;
    tray.wantSend(!isTime);
    if (!isTime) return;
    isSubmitting.current = true;
    try {
      if (readiness === 'pending' && !(await messageFiles.keep(files))) notices.failure(t.files_unkept());
      else if (await send(files.map(toSend))) tray.release(files.map(({ key }) => key));
    } finally {
      isSubmitting.current = false;
    }
  };
  const latest = useRef(submit);
  useEffect(() => {
    latest.current = submit;
  });
  const goesNow = isSendWanted && isTime && canGo;
  useEffect(() => {
    if (goesNow) void latest.current();
  }, [goesNow]);
  return { canSend: canGo && !(isSendWanted && !isTime), submit };
}

/** What is only of this page stays here. */
function toSend({ key, name, size, mediaType, attachment, isOfMessage }: UnsentFile): UnsentFile {
  return { key, name, size, mediaType, ...(attachment && { attachment }), ...(isOfMessage && { isOfMessage }) };
}
