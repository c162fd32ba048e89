import { randomFillSync } from 'node:crypto';

const bytes = new Uint8Array(16);

/**
 * A new id: UUID version 7 (RFC 9562), so that ids of one table sort by their time of creation and their index grows
 * at one end.
 */
export function newId(nowMs: number = Date.now()): string {
  randomFillSync(bytes);
  for (let index = 5, rest = nowMs; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
