import { type FileEvent, ProviderError, type WarningEvent } from '@multimodel/core';
import { callVendor } from '../shared/call-json.ts';
import { droppedContent } from '../shared/parameter-warning.ts';
import type { GigaChatAccount } from './gigachat-account.ts';

/** Something that the vendor's own functions made for an answer; it lies at the vendor and is fetched when the answer is over. */
export interface MadeFile {
  readonly fileId: string;
  readonly mediaType: string;
}

/** Pictures are some hundred kilobytes; nothing that is made for an answer is larger. */
const longestBytes = 64 * 1024 * 1024;
const extensions: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'video/mp4': 'mp4' };

/** The files as events; one that cannot be fetched is told of, the answer itself is whole. */
export async function* fetchMade(
  account: GigaChatAccount,
  made: readonly MadeFile[],
  signal: AbortSignal,
): AsyncGenerator<FileEvent | WarningEvent, void, undefined> {
  const seen = new Set<string>();
  for (const file of made) {
    if (seen.has(file.fileId)) continue;
    seen.add(file.fileId);
    yield await fetchOne(account, file, signal);
  }
}

async function fetchOne({ api, address }: GigaChatAccount, file: MadeFile, signal: AbortSignal): Promise<FileEvent | WarningEvent> {
  try {
    const path = `${address.v1}/files/${encodeURIComponent(file.fileId)}/content`;
    const response = await callVendor(api, { method: 'GET', path, headers: { accept: '*/*' }, signal });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > longestBytes) return droppedContent('A file that GigaChat made is too large and was left out');
    }
    const mediaType = mediaTypeOf(response.headers['content-type'], file);
    const extension = extensions[mediaType];
    return { type: 'file', mediaType, ...(extension ? { name: `gigachat.${extension}` } : {}), data: Buffer.concat(chunks) };
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code === 'cancelled') throw error;
    return droppedContent('A file that GigaChat made could not be fetched and was left out');
  }
}

/** The vendor says `image/jpg`, or nothing but bytes. */
function mediaTypeOf(header: string | undefined, { mediaType }: MadeFile): string {
  const [told = ''] = (header ?? '').toLowerCase().split(';');
  const isTelling = /^(?:image|video|audio)\/[a-z0-9.+-]+$/u.test(told.trim());
  return isTelling ? told.trim().replace('image/jpg', 'image/jpeg') : mediaType;
}
