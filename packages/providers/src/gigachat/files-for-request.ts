import type { ChatRequest, FilePart, WarningEvent } from '@multimodel/core';
import { filesOf } from '../shared/message-parts.ts';
import { droppedContent } from '../shared/parameter-warning.ts';
import { limitBytes, mostImages, totalLimitBytes, wireTypeOf } from './file-kinds.ts';

export interface FilesForRequest {
  /** In the order of the conversation. */
  readonly files: readonly FilePart[];
  readonly warnings: readonly WarningEvent[];
}

/**
 * Which files of a conversation go along. The newest come first into the vendor's limits: ten images, one document, 80 MB in all. What
 * does not fit or is of no type that the model takes is left out and said.
 */
export function filesForRequest({ messages }: ChatRequest, hasVision: boolean | undefined): FilesForRequest {
  const all = messages.filter(({ role }) => role === 'user').flatMap(({ parts }) => filesOf(parts));
  const taken: FilePart[] = [];
  const warnings: WarningEvent[] = [];
  let totalBytes = 0;
  for (const file of all.toReversed()) {
    const fault = faultOf(file, { taken, hasVision, totalBytes });
    if (fault === undefined) {
      taken.unshift(file);
      totalBytes += file.data.byteLength;
    } else {
      warnings.unshift(droppedContent(`${file.name ?? file.mediaType} was left out: ${fault}`));
    }
  }
  return { files: taken, warnings };
}

interface Filling {
  readonly taken: readonly FilePart[];
  readonly hasVision: boolean | undefined;
  readonly totalBytes: number;
}

function faultOf(file: FilePart, { taken, hasVision, totalBytes }: Filling): string | undefined {
  const kind = wireTypeOf(file)?.kind;
  if (kind === undefined) return 'GigaChat takes no files of this type';
  if (kind === 'image' && hasVision === false) return 'this model does not see images';
  if (file.data.byteLength > limitBytes[kind]) return 'it is larger than GigaChat takes';
  const alike = taken.filter((other) => wireTypeOf(other)?.kind === kind).length;
  if (kind === 'image' && alike >= mostImages) return 'GigaChat takes ten images with a request, and newer ones go first';
  if (kind === 'document' && alike >= 1) return 'GigaChat reads one document with a request, and the newest goes first';
  return totalBytes + file.data.byteLength > totalLimitBytes ? 'the files of a request may have 80 MB together' : undefined;
}
