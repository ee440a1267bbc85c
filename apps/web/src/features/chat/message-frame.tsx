import type { MessageDto } from '@multimodel/contract';
import type { ReactNode } from 'react';
import { FilesRoom, filesOfMessage } from '../files/late-message-files.tsx';
import { useLazyMount } from '../lazy/use-lazy-mount.ts';
import { estimateHeight } from '../markdown/estimate-height.ts';
import { useTexts } from '../preferences/use-texts.ts';

interface MessageFrameProps {
  readonly message: MessageDto;
  /** Near the end of the chat: drawn with the page. */
  readonly isEager: boolean;
  /** Being written, or the newest: always whole, and as tall as it is. */
  readonly isLive: boolean;
  readonly isLast: boolean;
  readonly children: ReactNode;
}

const actionsHeight = 40;

/**
 * A message in its place. Until somebody comes near it is nothing but its text, which the browser's own search finds,
 * and takes about the room that it will need.
 */
export function MessageFrame({ message, isEager, isLive, isLast, children }: MessageFrameProps) {
  const t = useTexts();
  const isQuestion = message.role === 'user';
  const { ref, isMounted } = useLazyMount<HTMLElement>({ isEager: isEager || isLive, canLeave: !isLive });
  const size = isLive ? undefined : { containIntrinsicSize: `auto ${estimateHeight(message.text) + actionsHeight}px` };
  const isShown = isMounted || isLive;
  return (
    <article
      ref={ref}
      className={isQuestion ? 'question' : 'answer'}
      // Reached by J and K, and named for whoever lands on it.
      tabIndex={-1}
      aria-label={isQuestion ? t.author_you() : t.author_answer()}
      data-message={message.id}
      data-last={isLast || undefined}
      data-live={isLive || undefined}
      data-pending={!isShown || undefined}
      style={size}
    >
      <h2 className="sr-only">{isQuestion ? t.author_you() : t.author_answer()}</h2>
      {isShown ? children : <PendingMessage message={message} isQuestion={isQuestion} />}
    </article>
  );
}

function PendingMessage({ message, isQuestion }: { readonly message: MessageDto; readonly isQuestion: boolean }) {
  return (
    <>
      <FilesRoom files={filesOfMessage(message)} isAnswer={!isQuestion} />
      {message.text !== '' && <div className={isQuestion ? 'bubble' : 'pending-text'}>{message.text}</div>}
    </>
  );
}
