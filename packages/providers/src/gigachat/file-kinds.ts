import type { FileKind, FilePart, ModelFiles } from '@multimodel/core';

/** How the vendor spells a type of file, which is not always the registered way, and what it is for. */
interface WireType {
  readonly kind: FileKind;
  readonly mime: string;
  readonly extension: string;
}

const document = (mime: string, extension: string): WireType => ({ kind: 'document', mime, extension });
const image = (mime: string, extension: string): WireType => ({ kind: 'image', mime, extension });
const audio = (mime: string, extension: string): WireType => ({ kind: 'audio', mime, extension });
const officeType = 'application/vnd.openxmlformats-officedocument';

const wireTypes: Readonly<Record<string, WireType>> = {
  'text/plain': document('text/plain', 'txt'),
  'text/markdown': document('text/plain', 'txt'),
  'text/csv': document('text/plain', 'txt'),
  'application/msword': document('application/msword', 'doc'),
  [`${officeType}.wordprocessingml.document`]: document(`${officeType}.wordprocessingml.document`, 'docx'),
  'application/pdf': document('application/pdf', 'pdf'),
  'application/epub+zip': document('application/epub', 'epub'),
  'application/vnd.ms-powerpoint': document('application/ppt', 'ppt'),
  [`${officeType}.presentationml.presentation`]: document('application/pptx', 'pptx'),
  [`${officeType}.spreadsheetml.sheet`]: document('application/vnd.ms-excel', 'xlsx'),
  'image/jpeg': image('image/jpeg', 'jpg'),
  'image/png': image('image/png', 'png'),
  'image/tiff': image('image/tiff', 'tiff'),
  'image/bmp': image('image/bmp', 'bmp'),
  'audio/mp4': audio('audio/mp4', 'mp4'),
  'audio/mpeg': audio('audio/mp3', 'mp3'),
  'audio/x-m4a': audio('audio/x-m4a', 'm4a'),
  'audio/wav': audio('audio/wav', 'wav'),
  'audio/x-wav': audio('audio/x-wav', 'wav'),
  'audio/webm': audio('audio/webm', 'weba'),
  'audio/ogg': audio('audio/x-ogg', 'ogg'),
  'audio/opus': audio('audio/opus', 'opus'),
};

const mebibyte = 1024 * 1024;
export const limitBytes: Readonly<Record<FileKind, number>> = { document: 40 * mebibyte, image: 15 * mebibyte, audio: 35 * mebibyte };
/** Images of one request; the vendor takes one with a message, so several go in messages of their own. */
export const mostImages = 10;
/** Of all files of one request, as documented for images and audio. */
export const totalLimitBytes = 80 * mebibyte;

export function wireTypeOf({ mediaType }: Pick<FilePart, 'mediaType'>): WireType | undefined {
  const [type = ''] = mediaType.toLowerCase().split(';');
  return wireTypes[type.trim()];
}

function typesOf(kind: FileKind): readonly string[] {
  return Object.entries(wireTypes).flatMap(([mediaType, type]) => (type.kind === kind ? [mediaType] : []));
}

/** Which models hear is not published: audio is sent when it is there, and not promised. */
export function filesOfModel(hasVision: boolean): ModelFiles {
  const documents = { kind: 'document', mediaTypes: typesOf('document'), maxBytes: limitBytes.document, maxPerMessage: 1 } as const;
  const images = { kind: 'image', mediaTypes: typesOf('image'), maxBytes: limitBytes.image, maxPerMessage: mostImages } as const;
  return { accepts: hasVision ? [images, documents] : [documents], maxTotalBytes: totalLimitBytes };
}
