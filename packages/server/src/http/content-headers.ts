import type { AttachmentFacts } from '@multimodel/core';
import { isRasterImage } from '@multimodel/core';

type Content = Pick<AttachmentFacts, 'name' | 'mediaType' | 'size' | 'sha256'>;

/** For a file that somebody brought: nothing in it may run here, whatever it is opened as. */
const contentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

export function etagOf({ sha256 }: Pick<Content, 'sha256'>): string {
  return `"${sha256}"`;
}

/** Only pictures made of pixels are shown in place; everything else, SVG and HTML among it, is saved. */
export function contentHeaders(content: Content): Readonly<Record<string, string>> {
  const { mediaType, size, name } = content;
  return {
    'content-type': mediaType,
    'content-length': String(size),
    'content-disposition': `${isRasterImage(mediaType) ? 'inline' : 'attachment'}; ${fileName(name)}`,
    'content-security-policy': contentSecurityPolicy,
    // The content of an id never changes.
    'cache-control': 'private, max-age=31536000, immutable',
    etag: etagOf(content),
  };
}

/** Whether the reader has it already (`If-None-Match`). */
export function isKnownContent(header: string | undefined, content: Pick<Content, 'sha256'>): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes('*') || tags.includes(etagOf(content));
}

/** RFC 6266: ASCII for old readers, then the name itself. */
function fileName(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%]/g, '_');
  const exact = encodeURIComponent(name).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `filename="${plain}"; filename*=UTF-8''${exact}`;
}
