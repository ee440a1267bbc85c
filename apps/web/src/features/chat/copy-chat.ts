import type { Client } from '@multimodel/client';
import type { MessageDto } from '@multimodel/contract';
import { m } from '../../paraglide/messages.js';
import type { Conversation } from '../../state/conversation.ts';
import type { Notices, ProgressNotice } from '../../state/notices.ts';
import { writeClipboardLater } from '../markdown/clipboard.ts';
import { markdownToText } from '../markdown/markdown-to-text.ts';
import { chatToMarkdown, chatToText, readBranch } from './chat-transcript.ts';
import { formatNumber, type Language } from './facts.ts';

interface CopyChatInput {
  readonly client: Pick<Client, 'messages'>;
  readonly notices: Notices;
  readonly conversation: Pick<Conversation, 'store'>;
  readonly format: 'markdown' | 'text';
  readonly language: Language;
  readonly modelName: (message: MessageDto) => string | undefined;
}

export async function copyChat(input: CopyChatInput): Promise<void> {
  const { notices, language, format } = input;
  const { chat } = input.conversation.store.getState();
  const abort = new AbortController();
  let count = 0;
  const text = wholeBranch(input, abort).then((messages) => {
    count = messages.length;
    const texts = {
      you: m.author_you(),
      answer: m.author_answer(),
      stopped: m.chat_copy_stopped(),
      writing: m.chat_copy_writing(),
      empty: m.chat_copy_empty(),
    };
    const options = { title: chat?.title, texts, modelName: input.modelName };
    return format === 'markdown' ? chatToMarkdown(messages, options) : chatToText(messages, { ...options, toText: markdownToText });
  });
  try {
    await writeClipboardLater(text);
    notices.done(m.chat_copied({ count, shown: formatNumber(count, language) }));
  } catch {
    if (!abort.signal.aborted) notices.failure(m.chat_copy_failed());
  }
}

/** What is on the screen is enough where it is everything; otherwise the server has the rest. */
async function wholeBranch(
  { client, notices, conversation, language }: CopyChatInput,
  abort: AbortController,
): Promise<readonly MessageDto[]> {
  const { chatId, messages, olderCursor } = conversation.store.getState();
  if (!chatId || !olderCursor) return messages;
  let notice: ProgressNotice | undefined;
  const onProgress = (count: number, isLast: boolean) => {
    const title = m.chat_copying({ count, shown: formatNumber(count, language) });
    if (notice) notice.update(title);
    else if (!isLast) notice = notices.progress(title, () => abort.abort());
  };
  try {
    return await readBranch(client, chatId, { signal: abort.signal, onProgress });
  } finally {
    notice?.close();
  }
}
