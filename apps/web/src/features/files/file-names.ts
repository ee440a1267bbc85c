import type { MessageDto } from '@multimodel/contract';
import { m } from '../../paraglide/messages.js';

type Filed = Pick<MessageDto, 'text' | 'attachments'>;

/** What is copied keeps at least the names of files. Undefined for a message without any. */
export function namesLine({ attachments = [] }: Filed): string | undefined {
  return attachments.length === 0 ? undefined : m.files_copied({ names: attachments.map(({ name }) => name).join(', ') });
}

/** In Markdown, where a name must not become markup. */
export function namesMarkdown(message: Filed): string | undefined {
  return namesLine(message)?.replaceAll(/[\\`*_[\]<>~|#]/g, String.raw`\$&`);
}

export function textWithNames(message: Filed): string {
  return [message.text, namesLine(message)].filter(Boolean).join('\n\n');
}

export function markdownWithNames(message: Filed): string {
  return [message.text, namesMarkdown(message)].filter(Boolean).join('\n\n');
}
