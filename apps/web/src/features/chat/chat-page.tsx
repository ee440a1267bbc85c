import { useCallback, useEffect, useRef } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { isLocalChatId } from '../../state/outbox.ts';
import type { UnsentFile } from '../../state/unsent-file.ts';
import { latePart } from '../../ui/late-part.ts';
import { ThreadSkeleton } from '../../ui/skeleton.tsx';
import { Composer, type ComposerHandle } from '../composer/composer.tsx';
import { LateDropOverlay } from '../files/late-drop-overlay.tsx';
import { useModelChoice } from '../models/use-models.ts';
import { useWaiting } from '../outbox/use-waiting.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { AnswerStatus } from './answer-status.tsx';
import { ChatHeader } from './chat-header.tsx';
import { describeError } from './error-text.ts';
import { MissingPage } from './missing-page.tsx';
import { NewChatInvitation } from './new-chat-invitation.tsx';

// At once, beside the page and its first requests: whoever begins a chat can type before this is there.
const Thread = latePart(async () => (await import('./thread.tsx')).Thread, ThreadSkeleton);
void Thread.fetch();
const ErrorCard = latePart(async () => (await import('./answer-error.tsx')).ErrorCard);

/** `/` is the chat that does not exist yet; once it does, its own address takes over without a new page. */
export function ChatPage() {
  const { chatId } = useParams();
  const { conversations } = useServices();
  const draft = useStore(conversations.draft, (state) => state.conversation);
  const conversation = chatId ? conversations.open(chatId) : draft;
  useAddressOfNewChat(conversation, chatId);
  return <OpenChat key={conversation.key} conversation={conversation} />;
}

function useAddressOfNewChat(conversation: Conversation, chatId: string | undefined): void {
  const navigate = useNavigate();
  const { conversations } = useServices();
  const ownId = useStore(conversation.store, (state) => (state.messages.length > 0 ? state.chatId : undefined) ?? state.localId);
  const isTemporary = !chatId || isLocalChatId(chatId);
  useEffect(() => {
    if (isTemporary && ownId && ownId !== chatId) void navigate(`/chat/${ownId}`, { replace: true });
  }, [isTemporary, chatId, ownId, navigate]);
  useEffect(() => {
    if (chatId) conversations.startNew();
  }, [chatId, conversations]);
}

function OpenChat({ conversation }: { readonly conversation: Conversation }) {
  const t = useTexts();
  const composer = useRef<ComposerHandle>(null);
  const status = useStore(conversation.store, (state) => state.status);
  const title = useStore(conversation.store, (state) => state.chat?.title);
  const choice = useModelChoice(conversation);
  const send = useCallback(
    (text: string, files: readonly UnsentFile[]) => conversation.send({ text, ...(choice.id ? { model: choice.id } : {}) }, { files }),
    [conversation, choice.id],
  );
  useEffect(() => void conversation.refresh(), [conversation]);
  useEffect(() => {
    document.title = title ? `${title} · ${t.app_name()}` : t.app_name();
  }, [title, t]);

  if (status === 'missing') return <MissingPage title={t.missing_chat_title()} text={t.missing_chat_text()} />;
  return (
    <>
      <ChatHeader conversation={conversation} />
      <ChatBody conversation={conversation} onStart={(text) => composer.current?.insert(text)} />
      <AnswerStatus conversation={conversation} />
      {status !== 'failed' && <Composer ref={composer} conversation={conversation} send={send} />}
      <LateDropOverlay conversation={conversation} />
    </>
  );
}

interface ChatBodyProps {
  readonly conversation: Conversation;
  readonly onStart: (text: string) => void;
}

function ChatBody({ conversation, onStart }: ChatBodyProps) {
  const { status, loadError, messages, isClearing, sending } = useStore(conversation.store);
  const hasWaiting = useWaiting(conversation).length > 0;
  const isEmpty = !hasWaiting && (isClearing || (messages.length === 0 && !(sending && sending.error === undefined)));
  if (status === 'loading') return <ThreadSkeleton />;
  if (status === 'failed') {
    return (
      <div className="thread flex-1">
        <ErrorCard error={describeError(loadError)} onRetry={() => void conversation.load()} />
      </div>
    );
  }
  if (isEmpty) return <NewChatInvitation conversation={conversation} onStart={onStart} />;
  return <Thread conversation={conversation} />;
}
