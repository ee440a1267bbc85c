import { describe, expect, test } from 'vitest';
import { kindOf } from './attachment.ts';
import { readImageSize } from './image-size.ts';
import { contradicts, findMediaType, isRasterImage, takenMediaTypes } from './media-type.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const zip = 'PK\x03\x04\x14\0\x06\0\x08\0';
const png = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\0\0\0\x40\x08\x06\0\0\0';

describe('the type of a file', () => {
  test.each([
    ['image/png', png, 'x', undefined],
    ['image/png', png, 'photo.jpg', 'image/jpeg'],
    ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF', 'x.png', 'image/png'],
    ['image/gif', 'GIF89a\x01\0\x01\0', 'x', undefined],
    ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 ', 'x', undefined],
    ['image/avif', '\0\0\0\x20ftypavif\0\0', 'x', undefined],
    ['image/heic', '\0\0\0\x20ftypheic\0\0', 'IMG_1.HEIC', ''],
    ['audio/wav', 'RIFF\x24\0\0\0WAVEfmt ', 'x', undefined],
    ['audio/mpeg', 'ID3\x03\0\0', 'x', undefined],
    ['audio/mpeg', '\xff\xfb\x90\x64', 'x', undefined],
    ['audio/ogg', 'OggS\0\x02', 'x', undefined],
    ['audio/mp4', '\0\0\0\x20ftypisom\0\0', 'voice.m4a', undefined],
    [undefined, '\0\0\0\x20ftypisom\0\0', 'film.mp4', 'video/mp4'],
    ['application/pdf', '%PDF-1.7\n', 'x', undefined],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', zip, 'Отчёт.DOCX', undefined],
    ['application/vnd.oasis.opendocument.text', zip, 'x', 'application/vnd.oasis.opendocument.text'],
    [undefined, zip, 'all.zip', 'application/zip'],
    [undefined, '\x7fELF\x02\x01\x01\0', 'a.out', undefined],
    [undefined, 'MZ\x90\0\x03\0', 'setup.exe', undefined],
    [undefined, '', 'empty.txt', 'text/plain'],
    ['text/csv', 'a;b\n1;2\n', 'table.csv', 'application/vnd.ms-excel'],
    ['text/plain', 'export const a = 1;\n', 'main.ts', 'video/mp2t'],
    ['text/markdown', '# Hi', 'README.md', undefined],
    ['application/json', '{"a": 1}', 'x', 'application/json; charset=utf-8'],
    ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'logo.svg', undefined],
    ['text/html', '<script>alert(1)</script>', 'x', 'text/html'],
    ['text/plain', '\xcf\xf0\xe8\xe2\xe5\xf2', 'windows-1251.txt', undefined],
    ['text/plain', '\xff\xfeh\0i\0', 'utf16.txt', undefined],
  ])('%s: %j named %s and said to be %s', (expected, content, name, mediaType) => {
    const found = findMediaType(bytes(content), { name, mediaType });
    expect(found).toBe(expected);
    if (found !== undefined) expect(takenMediaTypes).toContain(found);
  });

  test.each([
    ['application/pdf', 'image/png', true],
    ['image/png', 'text/plain', true],
    ['text/plain', 'image/png', true],
    ['image/png', 'application/pdf', true],
    ['image/jpeg', 'audio/mpeg', true],
    ['image/jpeg', 'image/png', false],
    ['image/jpeg', 'image/jpg', false],
    ['text/csv', 'application/vnd.ms-excel', false],
    ['text/plain', 'video/mp2t', false],
    ['image/svg+xml', 'image/svg+xml', false],
    ['text/plain', 'image/svg+xml', false],
    ['application/pdf', 'application/octet-stream', false],
    ['application/pdf', undefined, false],
  ])('%s that was said to be %s is a contradiction: %s', (found, declared, expected) => {
    expect(contradicts(found, declared)).toBe(expected);
  });

  test('only pictures of pixels may be shown in place, and SVG is a text', () => {
    expect(takenMediaTypes.filter(isRasterImage)).toEqual([
      'image/avif',
      'image/bmp',
      'image/gif',
      'image/jpeg',
      'image/png',
      'image/webp',
    ]);
    expect([kindOf('image/svg+xml'), kindOf('image/png'), kindOf('audio/ogg'), kindOf('text/html')]).toEqual([
      'document',
      'image',
      'audio',
      'document',
    ]);
  });
});

describe('the size of an image', () => {
  const exif = `\xff\xe1\x01\x02${'\0'.repeat(256)}`;
  test.each([
    ['image/png', png, 258, 64],
    ['image/gif', 'GIF89a\x05\0\x07\x01', 5, 263],
    ['image/bmp', `BM${'\0'.repeat(16)}\x0a\0\0\0\xf6\xff\xff\xff`, 10, 10],
    ['image/jpeg', `\xff\xd8${exif}\xff\xc4\0\x04\0\0\xff\xc2\0\x0b\x08\x01\0\x02\0`, 512, 256],
    ['image/webp', `RIFF\0\0\0\0WEBPVP8 ${'\0'.repeat(10)}\x20\x03\x58\x02`, 800, 600],
    ['image/webp', `RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x1f\xc3\x95\x00${'\0'.repeat(8)}`, 800, 600],
    ['image/webp', `RIFF\0\0\0\0WEBPVP8X${'\0'.repeat(8)}\x1f\x03\0\x57\x02\0`, 800, 600],
    ['image/avif', `\0\0\0\x20ftypavif\0\0ispe\0\0\0\0\0\0\0\x40\0\0\0\x40ispe\0\0\0\0\0\0\x03\x20\0\0\x02\x58`, 800, 600],
  ])('%s %#', (mediaType, content, width, height) => {
    expect(readImageSize(bytes(content), mediaType)).toEqual({ width, height });
  });

  test.each([
    ['image/png', png.slice(0, 20)],
    ['image/png', png.replace('\0\0\x01\x02', '\0\0\0\0')],
    ['image/jpeg', '\xff\xd8\xff\xe0'],
    ['image/jpeg', '\xff\xd8no markers here'],
    ['image/webp', 'RIFF\0\0\0\0WEBP'],
    ['application/pdf', '%PDF-1.7'],
  ])('%s that does not tell has none: %#', (mediaType, content) => {
    expect(readImageSize(bytes(content), mediaType)).toBeUndefined();
  });

  test('it is read from a piece of a larger buffer, too', () => {
    const piece = utf8(' '.repeat(3) + ' '.repeat(40)).subarray(3);
    piece.set(bytes(png));
    expect(readImageSize(piece, 'image/png')).toEqual({ width: 258, height: 64 });
  });
});
