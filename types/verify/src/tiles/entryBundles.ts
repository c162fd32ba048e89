/** The longest entry that a bundle can hold: its length is written in two bytes. */
export const mostEntryBytes = 65_535;

const prefixLength = 2;

/** Entries in a row, each behind its length as a big-endian uint16. */
export function buildEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((length, entry) => length + prefixLength + entry.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const entry of entries) {
    if (entry.length > mostEntryBytes) throw new RangeError(`An entry has ${mostEntryBytes} bytes at most.`);
    view.setUint16(at, entry.length);
    bytes.set(entry, at + prefixLength);
    at += prefixLength + entry.length;
  }
  return bytes;
}

/** The entries of a bundle; undefined if they are not exactly as many as its width says. */
export function readEntryBundle(bytes: Uint8Array, width: number): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + prefixLength > bytes.length) return undefined;
    const end = at + prefixLength + view.getUint16(at);
    if (end > bytes.length) return undefined;
    entries.push(bytes.slice(at + prefixLength, end));
    at = end;
  }
  return entries.length === width ? entries : undefined;
}
