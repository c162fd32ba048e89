/** A packet as it lies in a buffer that stands only during the call. `arrivedAtMs` is of `performance.now()`. */
export type PacketListener = (bytes: Buffer, start: number, end: number, arrivedAtMs: number) => void;

/** How the packets of a session come: in the control connection, or over UDP. */
export interface CameraMedia {
  /** The `Transport` header of SETUP. */
  readonly setupHeader: string;
  /** Takes the `Transport` header of the answer. Throws when it is not what was asked. */
  accept(transportHeader: string): void;
  sendRtcp(packet: Buffer): void;
  close(): void;
}

/** One field of a `Transport` header; undefined when it is missing, empty when it has no value. */
export function transportField(header: string, name: string): string | undefined {
  for (const field of header.split(';')) {
    const [key, ...value] = field.trim().split('=');
    if (key?.trim().toLowerCase() === name) return value.join('=').trim();
  }
  return undefined;
}

/** `8000-8001` or `8000`, each up to `max`. */
export function readPair(text: string | undefined, max: number): [number, number] | undefined {
  const [, low, high] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text ?? '') ?? [];
  if (low === undefined) return undefined;
  const pair: [number, number] = [Number(low), high === undefined ? Number(low) + 1 : Number(high)];
  return pair[0] > max || pair[1] > max ? undefined : pair;
}
