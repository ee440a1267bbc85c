import { crc32, deflateSync } from 'node:zlib';

const width = 240;
const height = 160;
const signature = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

type Colour = readonly [red: number, green: number, blue: number];

const sun = { x: 168, y: 62, radius: 24 } as const;
const colours = {
  zenith: [66, 99, 170],
  horizon: [250, 196, 130],
  sun: [255, 236, 170],
  far: [96, 110, 138],
  near: [52, 78, 84],
} as const satisfies Record<string, Colour>;

/** Hills in the morning: a small PNG, the same each time. */
export function drawPicture(): Uint8Array {
  const rows = Array.from({ length: height }, (_, y) => {
    // Each row begins with its filter: none.
    const row = [0];
    for (let x = 0; x < width; x += 1) row.push(...colourAt(x, y));
    return row;
  });
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  // Eight bits each of red, green and blue.
  header.setUint16(8, 0x0802);
  return join(
    signature,
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('IDAT', deflateSync(Uint8Array.from(rows.flat()))),
    chunk('IEND', new Uint8Array()),
  );
}

function colourAt(x: number, y: number): Colour {
  if (y > 128 + 10 * Math.sin(x / 31)) return colours.near;
  if (y > 104 + 14 * Math.sin(x / 47 + 2)) return colours.far;
  if (Math.hypot(x - sun.x, y - sun.y) < sun.radius) return colours.sun;
  return between(colours.zenith, colours.horizon, Math.min(1, y / 110));
}

function between(from: Colour, to: Colour, share: number): Colour {
  const mix = (a: number, b: number): number => Math.round(a + (b - a) * share);
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])];
}

/** Length, name, data, and a checksum of name and data. */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const named = join(new TextEncoder().encode(name), data);
  const number = (value: number): Uint8Array => {
    const view = new DataView(new ArrayBuffer(4));
    view.setUint32(0, value);
    return new Uint8Array(view.buffer);
  };
  return join(number(data.length), named, number(crc32(named)));
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
