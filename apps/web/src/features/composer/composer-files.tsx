import type { RefObject } from 'react';
import type { Conversation } from '../../state/conversation.ts';
import { AttachButton } from '../files/attach-button.tsx';
import { LateTray } from '../files/late-tray.tsx';
import { useFileTarget } from '../files/use-file-target.ts';
import { useModelChoice } from '../models/use-models.ts';

interface ComposerFilesProps {
  readonly conversation: Conversation;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** The files of the message in the making, and the way to more of them. */
export function ComposerFiles({ conversation, field }: ComposerFilesProps) {
  const { tray } = conversation;
  const { model } = useModelChoice(conversation);
  useFileTarget(tray);
  return (
    <>
      <LateTray conversation={conversation} tray={tray} field={field} />
      <AttachButton tray={tray} accepted={model?.files} />
    </>
  );
}
