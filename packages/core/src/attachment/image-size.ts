export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** As the beginning of the file tells it; absent where it does not, or tells nonsense. */
export function readImageSize(head: Uint8Array, mediaType: string): ImageSize | undefined {
  const size = readers[mediaType]?.(new DataView(head.buffer, head.byteOffset, head.byteLength));
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

type Reader = (view: DataView) => ImageSize | undefined;

const readers: Readonly<Record<string, Reader>> = {
  'image/png': (view) => at(view, 24, () => ({ width: view.getUint32(16), height: view.getUint32(20) })),
  'image/gif': (view) => at(view, 10, () => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) })),
  'image/bmp': (view) => at(view, 26, () => ({ width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) })),
  'image/webp': readWebp,
  'image/jpeg': readJpeg,
  'image/avif': readBoxes,
  'image/heic': readBoxes,
};

function at(view: DataView, needed: number, read: () => ImageSize): ImageSize | undefined {
  return view.byteLength >= needed ? read() : undefined;
}

/** Three layouts: lossy, lossless, extended. */
function readWebp(view: DataView): ImageSize | undefined {
  if (view.byteLength < 30) return undefined;
  const layout = view.getUint8(15);
  if (layout === 0x20) return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (layout === 0x4c) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const read24 = (offset: number): number => view.getUint16(offset, true) + view.getUint8(offset + 2) * 0x1_00_00 + 1;
  return layout === 0x58 ? { width: read24(24), height: read24(27) } : undefined;
}

/** From segment to segment until the one that begins the picture. */
function readJpeg(view: DataView): ImageSize | undefined {
  let offset = 2;
  while (offset + 9 <= view.byteLength && view.getUint8(offset) === 0xff) {
    const marker = view.getUint8(offset + 1);
    if (isFrameStart(marker)) return { width: view.getUint16(offset + 7), height: view.getUint16(offset + 5) };
    offset += 2 + view.getUint16(offset + 2);
  }
  return undefined;
}

/** C4, C8 and CC are tables among the frame markers. */
const isFrameStart = (marker: number): boolean => marker === 0xc0 || (marker > 0xc0 && marker <= 0xcf && marker % 4 !== 0);

/** The largest of the pictures inside: previews come before the whole. */
function readBoxes(view: DataView): ImageSize | undefined {
  let largest: ImageSize | undefined;
  for (let offset = 0; offset + 16 <= view.byteLength; offset += 1) {
    // `ispe`
    if (view.getUint32(offset) !== 0x69_73_70_65) continue;
    const size = { width: view.getUint32(offset + 8), height: view.getUint32(offset + 12) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}
