import { endingOf, isTextual } from './attachment.ts';
import { looksLikeText } from './text-document.ts';

export interface DeclaredFile {
  readonly name: string;
  /** `content-type` as it was sent; absent or general = nothing was said. */
  readonly mediaType?: string | undefined;
}

/** The bytes at the beginning of a file that a type is known by. */
interface Signature {
  readonly mediaType: string;
  readonly at?: number;
  readonly text: string;
  /** A second mark, where the first one is shared. */
  readonly also?: { readonly at: number; readonly text: string };
}

const signatures: readonly Signature[] = [
  { mediaType: 'image/png', text: '\x89PNG\r\n\x1a\n' },
  { mediaType: 'image/jpeg', text: '\xff\xd8\xff' },
  { mediaType: 'image/gif', text: 'GIF87a' },
  { mediaType: 'image/gif', text: 'GIF89a' },
  { mediaType: 'image/webp', text: 'RIFF', also: { at: 8, text: 'WEBP' } },
  { mediaType: 'image/bmp', text: 'BM', also: { at: 6, text: '\0\0\0\0' } },
  { mediaType: 'image/tiff', text: 'II*\0' },
  { mediaType: 'image/tiff', text: 'MM\0*' },
  ...['avif', 'avis'].map((brand) => ({ mediaType: 'image/avif', at: 4, text: `ftyp${brand}` })),
  ...['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1'].map((brand) => ({ mediaType: 'image/heic', at: 4, text: `ftyp${brand}` })),
  { mediaType: 'audio/mp4', at: 4, text: 'ftypM4' },
  { mediaType: 'audio/wav', text: 'RIFF', also: { at: 8, text: 'WAVE' } },
  { mediaType: 'audio/ogg', text: 'OggS' },
  { mediaType: 'audio/flac', text: 'fLaC' },
  { mediaType: 'audio/mpeg', text: 'ID3' },
  ...['\xff\xfb', '\xff\xf3', '\xff\xf2'].map((text) => ({ mediaType: 'audio/mpeg', text })),
  { mediaType: 'application/pdf', text: '%PDF-' },
  { mediaType: 'application/rtf', text: '{\\rtf' },
];

/** Formats that share a container: the end of the name decides, or else what was said. */
const containers: readonly { readonly text: string; readonly types: Readonly<Record<string, string>> }[] = [
  {
    text: 'PK\x03\x04',
    types: {
      docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      odt: 'application/vnd.oasis.opendocument.text',
      ods: 'application/vnd.oasis.opendocument.spreadsheet',
      odp: 'application/vnd.oasis.opendocument.presentation',
      epub: 'application/epub+zip',
    },
  },
  {
    text: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    types: { doc: 'application/msword', xls: 'application/vnd.ms-excel', ppt: 'application/vnd.ms-powerpoint' },
  },
  { text: '\x1a\x45\xdf\xa3', types: { weba: 'audio/webm' } },
];

/** Texts whose type is worth more than `text/plain`. Code is plain text to models; the end of its name tells them the language. */
const textTypes: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  json: 'application/json',
  js: 'text/javascript',
  mjs: 'text/javascript',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  toml: 'application/toml',
  sql: 'application/sql',
  svg: 'image/svg+xml',
};

/** Other names that the same formats go by. */
const aliases: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/heif': 'image/heic',
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-m4a': 'audio/mp4',
  'audio/x-flac': 'audio/flac',
  'text/rtf': 'application/rtf',
  'application/x-pdf': 'application/pdf',
};

/** Said by programs that do not know. */
const generalTypes: ReadonlySet<string> = new Set([
  '',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'binary/octet-stream',
]);

export function normalMediaType(mediaType: string | undefined): string | undefined {
  const bare = (mediaType?.split(';', 1)[0] ?? '').trim().toLowerCase();
  return generalTypes.has(bare) ? undefined : (aliases[bare] ?? bare);
}

/** By its bytes; name and words decide only where bytes cannot. `undefined` = nothing that is taken here. */
export function findMediaType(head: Uint8Array, declared: DeclaredFile): string | undefined {
  const signature = signatures.find((each) => matches(head, each));
  if (signature) return signature.mediaType;
  const said = normalMediaType(declared.mediaType);
  const ending = endingOf(declared.name);
  const container = containers.find(({ text }) => matches(head, { text }));
  if (container) {
    const { types } = container;
    return types[ending] ?? Object.values(types).find((type) => type === said);
  }
  // Recorders put speech into containers of films.
  if (matches(head, { at: 4, text: 'ftyp' })) return said?.startsWith('audio/') || ending === 'm4a' ? 'audio/mp4' : undefined;
  return looksLikeText(head) ? textTypeOf(ending, said) : undefined;
}

/**
 * Whether what was said cannot be true. Close misses are none: browsers go by the end of the name, call a JPEG named .png a PNG, a table in
 * text one of Excel and a TypeScript file a film.
 */
export function contradicts(found: string, declaredType: string | undefined): boolean {
  const said = normalMediaType(declaredType);
  if (said === undefined || said === found) return false;
  if (isTextual(found)) return !isTextual(said) && (/^(?:image|audio)\//.test(said) || said === 'application/pdf');
  const family = /^(?:image|audio|text)\//.exec(said)?.[0];
  return family === undefined ? said === 'application/pdf' : !found.startsWith(family);
}

/** Types that may be shown inside a page: pictures that hold pixels and nothing that runs. */
const rasterTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif']);

export function isRasterImage(mediaType: string): boolean {
  return rasterTypes.has(mediaType);
}

/** Everything that `findMediaType` can answer with. */
export const takenMediaTypes: readonly string[] = [
  ...new Set([
    ...signatures.map(({ mediaType }) => mediaType),
    ...containers.flatMap(({ types }) => Object.values(types)),
    ...Object.values(textTypes),
    'text/plain',
  ]),
].sort();

function textTypeOf(ending: string, said: string | undefined): string {
  const byName = textTypes[ending];
  if (byName !== undefined) return byName;
  return said !== undefined && takenMediaTypes.includes(said) && isTextual(said) ? said : 'text/plain';
}

function matches(head: Uint8Array, { at = 0, text, also }: Pick<Signature, 'at' | 'text' | 'also'>): boolean {
  return startsAt(head, at, text) && (!also || startsAt(head, also.at, also.text));
}

function startsAt(head: Uint8Array, at: number, text: string): boolean {
  if (head.length < at + text.length) return false;
  for (let index = 0; index < text.length; index += 1) if (head[at + index] !== text.charCodeAt(index)) return false;
  return true;
}
