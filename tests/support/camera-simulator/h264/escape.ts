// Emulation prevention: inside a NAL unit the bytes 00 00 03 stand for 00 00, so that no start code can appear.

/** The payload behind a NAL unit's header byte, without emulation prevention. `maxBytes` is for reading a header only. */
export function payloadOf(nalu: Uint8Array, maxBytes = nalu.length): Uint8Array {
  const payload = new Uint8Array(Math.min(nalu.length, maxBytes + 1) - 1);
  let length = 0;
  let zeros = 0;
  for (let at = 1; at < nalu.length && length < payload.length; at += 1) {
    const byte = nalu[at] ?? 0;
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    payload[length] = byte;
    length += 1;
  }
  return payload.subarray(0, length);
}

/** A NAL unit of its header byte and its payload. */
export function naluOf(header: number, payload: Uint8Array): Buffer {
  const bytes = [header];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3);
      zeros = 0;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    bytes.push(byte);
  }
  return Buffer.from(bytes);
}
