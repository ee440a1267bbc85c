import type { AcceptedFiles, ModelFiles, ModelInfo } from '../model/model-info.ts';
import { type AttachmentFacts, isTextual } from './attachment.ts';

/** As itself, or its text as part of the message. */
export type Carriage = 'file' | 'text';

export interface Refusal {
  readonly reason: 'type' | 'size' | 'count' | 'total';
  /** Bytes, or files of this kind. */
  readonly limit?: number | undefined;
}

/** Text that is put into a message: beyond it, no window holds it anyway. */
export const longestTextBytes = 2 * 1024 * 1024;

/** Bytes of all files of one request where the model names no limit: they are in memory while it is asked. */
const largestRequestBytes = 64 * 1024 * 1024;

/** Counts what goes with one question, file by file. Of a model that no list names everything is tried: its vendor judges. */
export class FileRoom {
  readonly #info: ModelInfo | undefined;
  readonly #counts = new Map<AcceptedFiles, number>();
  #left: number;

  constructor(info: ModelInfo | undefined) {
    this.#info = info;
    this.#left = info?.files?.maxTotalBytes ?? largestRequestBytes;
  }

  /** The next message has its own count of files; their bytes count together. */
  startMessage(): void {
    this.#counts.clear();
  }

  /** How this one goes along, or why not. Takes its room when it does. */
  take(attachment: Pick<AttachmentFacts, 'mediaType' | 'size'>): Carriage | Refusal {
    const carried = this.#asFile(attachment);
    if (carried === 'file' || !isTextual(attachment.mediaType)) return carried;
    if (attachment.size > longestTextBytes) return { reason: 'size', limit: longestTextBytes };
    return 'text';
  }

  #asFile({ mediaType, size }: Pick<AttachmentFacts, 'mediaType' | 'size'>): 'file' | Refusal {
    const accepted = acceptedBy(this.#info?.files, mediaType);
    if (!accepted && (this.#info || isTextual(mediaType))) return { reason: 'type' };
    if (accepted && size > accepted.maxBytes) return { reason: 'size', limit: accepted.maxBytes };
    const count = accepted ? (this.#counts.get(accepted) ?? 0) : 0;
    if (accepted?.maxPerMessage !== undefined && count >= accepted.maxPerMessage) return { reason: 'count', limit: accepted.maxPerMessage };
    if (size > this.#left) return { reason: 'total', limit: this.#info?.files?.maxTotalBytes ?? largestRequestBytes };
    this.#left -= size;
    if (accepted) this.#counts.set(accepted, count + 1);
    return 'file';
  }
}

function acceptedBy(files: ModelFiles | undefined, mediaType: string): AcceptedFiles | undefined {
  return files?.accepts.find(({ mediaTypes }) => mediaTypes.includes(mediaType));
}

export interface RefusedFile<File> {
  readonly file: File;
  /** Place in the list. */
  readonly index: number;
  readonly refusal: Refusal;
}

/** Those of one question's files that this model does not take. */
export function refusedFiles<File extends Pick<AttachmentFacts, 'mediaType' | 'size'>>(
  files: readonly File[],
  info: ModelInfo | undefined,
): readonly RefusedFile<File>[] {
  const room = new FileRoom(info);
  return files.flatMap((file, index) => {
    const carried = room.take(file);
    return typeof carried === 'string' ? [] : [{ file, index, refusal: carried }];
  });
}
