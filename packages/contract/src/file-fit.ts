import type { AttachmentDto, ModelFilesDto } from './attachments.ts';

/** Why a model does not take a file. `limit`: bytes, or files of this kind. */
export interface FileRefusal {
  readonly reason: 'type' | 'size' | 'count' | 'total';
  readonly limit?: number | undefined;
}

/** Text that is put into a message for a model that takes no such files. */
const longestTextBytes = 2 * 1024 * 1024;
/** Bytes of all files of one request where the model names no limit. */
const largestRequestBytes = 64 * 1024 * 1024;

const textualTypes: ReadonlySet<string> = new Set([
  'application/json',
  'application/javascript',
  'application/sql',
  'application/toml',
  'application/xml',
  'application/yaml',
  'image/svg+xml',
]);

/** A document that is text from its first byte to its last: any model can read it. */
export function isTextual(mediaType: string): boolean {
  return mediaType.startsWith('text/') || textualTypes.has(mediaType);
}

/**
 * What a listed model would refuse of the files of one question, one entry per file; `files` is that of the model, absent when it takes none.
 * Sending decides by the same rule. Of a model that no list names everything is tried.
 *
 * @example
 * const refusals = refuseFiles(attachments, model.files);
 * if (refusals.some((refusal) => refusal)) warn();
 */
export function refuseFiles(
  attachments: readonly Pick<AttachmentDto, 'mediaType' | 'size'>[],
  files: ModelFilesDto | undefined,
): readonly (FileRefusal | undefined)[] {
  const counts = new Map<string, number>();
  const most = files?.maxTotalBytes ?? largestRequestBytes;
  let left = most;
  const refuse = ({ mediaType, size }: Pick<AttachmentDto, 'mediaType' | 'size'>): FileRefusal | undefined => {
    const accepted = files?.accepts.find(({ mediaTypes }) => mediaTypes.includes(mediaType));
    if (!accepted) return { reason: 'type' };
    if (size > accepted.maxBytes) return { reason: 'size', limit: accepted.maxBytes };
    const kind = accepted.mediaTypes.join();
    const count = counts.get(kind) ?? 0;
    if (accepted.maxPerMessage !== undefined && count >= accepted.maxPerMessage) return { reason: 'count', limit: accepted.maxPerMessage };
    if (size > left) return { reason: 'total', limit: most };
    left -= size;
    counts.set(kind, count + 1);
    return undefined;
  };
  return attachments.map((file) => {
    const refusal = refuse(file);
    if (!refusal || !isTextual(file.mediaType)) return refusal;
    return file.size > longestTextBytes ? { reason: 'size', limit: longestTextBytes } : undefined;
  });
}
