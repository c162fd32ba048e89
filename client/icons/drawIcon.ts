import { deflateSync } from 'node:zlib';

/** `plate` has round corners; `full` fills its square, for systems that cut their own shape; `sign` is white on nothing. */
export type IconLook = 'plate' | 'full' | 'sign';

/** Colours as red, green, blue. */
const ground = [0x0f, 0x15, 0x1d] as const;
const line = [0x9f, 0xb0, 0xc0] as const;
const pupil = [0x35, 0xc2, 0xff] as const;
const white = [0xff, 0xff, 0xff] as const;

/* The mark of `public/favicon.svg`, measured from the middle of its 32 units. */
const half = 16;
const corner = 7;
const eyeHalfWidth = 12;
const eyeHalfHeight = 7.5;
const lineHalfWidth = 1;
const pupilRadius = 4;
/** Two circles of this radius, so far above and below the middle, meet in the corners of the eye. */
const lidRadius = (eyeHalfWidth ** 2 + eyeHalfHeight ** 2) / (2 * eyeHalfHeight);
const lidOffset = lidRadius - eyeHalfHeight;

/** Of what systems cut, the middle four fifths are safe everywhere. */
const scales: Readonly<Record<IconLook, number>> = { plate: 1, full: 0.75, sign: 1.2 };

/** The project's mark as a PNG of so many pixels each way. */
export function drawIcon(pixels: number, look: IconLook): Uint8Array {
  const rows = Buffer.alloc(pixels * (1 + 4 * pixels));
  const unit = (2 * half) / pixels;
  for (let row = 0; row < pixels; row += 1) {
    for (let column = 0; column < pixels; column += 1) {
      const colour = colourAt((column + 0.5) * unit - half, (row + 0.5) * unit - half, { look, unit });
      rows.set(colour, row * (1 + 4 * pixels) + 1 + 4 * column);
    }
  }
  return encodePng(pixels, rows);
}

function colourAt(x: number, y: number, { look, unit }: { look: IconLook; unit: number }): number[] {
  const scale = scales[look];
  const inside = (distance: number) => Math.min(1, Math.max(0, 0.5 - distance / unit));
  const [markX, markY] = [x / scale, y / scale];
  const lids = Math.max(Math.hypot(markX, markY - lidOffset), Math.hypot(markX, markY + lidOffset)) - lidRadius;
  const lineShare = inside((Math.abs(lids) - lineHalfWidth) * scale);
  const pupilShare = inside((Math.hypot(markX, markY) - pupilRadius) * scale);
  if (look === 'sign') return [...white, Math.round(255 * Math.max(lineShare, pupilShare))];
  const plateShare = look === 'full' ? 1 : inside(plateDistance(x, y));
  const mixed = ground.map((value, at) => {
    const lined = value + ((line[at] ?? 0) - value) * lineShare;
    return Math.round(lined + ((pupil[at] ?? 0) - lined) * pupilShare);
  });
  return [...mixed, Math.round(255 * plateShare)];
}

/** How far a point is outside the plate; less than nothing inside. */
function plateDistance(x: number, y: number): number {
  const [overX, overY] = [Math.abs(x) - half + corner, Math.abs(y) - half + corner];
  return Math.hypot(Math.max(overX, 0), Math.max(overY, 0)) + Math.min(Math.max(overX, overY), 0) - corner;
}

/** RGBA, eight bits each, without a filter (RFC 2083). */
function encodePng(pixels: number, rows: Buffer): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels, 0);
  header.writeUInt32BE(pixels, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunkOf('IHDR', header),
    chunkOf('IDAT', deflateSync(rows, { level: 9 })),
    chunkOf('IEND', Buffer.alloc(0)),
  ]);
}

function chunkOf(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(checkOf(named));
  return Buffer.concat([length, named, check]);
}

/** CRC-32 as PNG has it. */
function checkOf(bytes: Buffer): number {
  let check = 0xff_ff_ff_ff;
  for (const byte of bytes) {
    check ^= byte;
    for (let bit = 0; bit < 8; bit += 1) check = (check >>> 1) ^ (check & 1 ? 0xed_b8_83_20 : 0);
  }
  return (check ^ 0xff_ff_ff_ff) >>> 0;
}
