import { randomUUID } from 'node:crypto';

export interface UploadedPart {
  readonly name: string;
  readonly mime: string;
  readonly data: Uint8Array;
}

/** A form with one file for the vendor's generation. */
export function toMultipart({ name, mime, data }: UploadedPart): { readonly type: string; readonly data: Uint8Array } {
  const boundary = `----multimodel-${randomUUID()}`;
  const head = [
    `--${boundary}`,
    'content-disposition: form-data; name="purpose"',
    '',
    'general',
    `--${boundary}`,
    `content-disposition: form-data; name="file"; filename="${toFileName(name)}"`,
    `content-type: ${mime}`,
    '',
    '',
  ].join('\r\n');
  const bytes = Buffer.concat([Buffer.from(head), data, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${boundary}`, data: bytes };
}

/** As browsers write it: quotes and line ends would end the header. */
const toFileName = (name: string): string => name.replaceAll('"', '%22').replaceAll(/[\r\n]+/gu, ' ');
