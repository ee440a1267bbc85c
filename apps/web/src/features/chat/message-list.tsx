import type { MessageDto } from '@multimodel/contract';
import { memo } from 'react';
import type { ConversationState } from '../../state/conversation-state.ts';
import type { LiveAnswer } from '../../state/live-answer.ts';
import { estimateHeight } from '../markdown/estimate-height.ts';
import { AssistantMessage } from './assistant-message.tsx';
import { MessageFrame } from './message-frame.tsx';
import { UserMessage } from './user-message.tsx';

type MessageListProps = Pick<ConversationState, 'messages' | 'live'>;

/** The messages of the branch, the newest screenful drawn at once and the others when somebody comes near or nobody is waiting. */
export const MessageList = memo(function MessageList({ messages, live }: MessageListProps) {
  const firstEager = beginOfScreenful(messages);
  return messages.map((message, index) => (
    <Message
      key={message.id}
      message={message}
      live={live.get(message.id)}
      isEager={index >= firstEager}
      isLast={index === messages.length - 1}
    />
  ));
});

interface MessageProps {
  readonly message: MessageDto;
  readonly live: LiveAnswer | undefined;
  readonly isEager: boolean;
  readonly isLast: boolean;
}

const Message = memo(function Message({ message, live, isEager, isLast }: MessageProps) {
  const isLive = live !== undefined || isLast;
  return (
    <MessageFrame message={message} isEager={isEager} isLive={isLive} isLast={isLast}>
      {message.role === 'user' ? <UserMessage message={message} /> : <AssistantMessage message={message} live={live} isLast={isLast} />}
    </MessageFrame>
  );
});

/** The first of the messages that fill the view from its lower edge. */
function beginOfScreenful(messages: readonly MessageDto[]): number {
  let at = messages.length;
  for (let height = 0; at > 0 && height < window.innerHeight; at -= 1) height += estimateHeight(messages[at - 1]?.text ?? '');
  return at;
}
