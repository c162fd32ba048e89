export interface RtspResponse {
  readonly status: number;
  /** By lower-case name; several of one name in the order in which they came. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

/** What cameras ask of us: rare, and answered so that they do not end the session. */
export interface RtspRequestFromCamera {
  readonly method: string;
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

export function headerOf(
  message: { headers: ReadonlyMap<string, readonly string[]> },
  name: string,
): string | undefined {
  return message.headers.get(name.toLowerCase())?.[0];
}

/** Header lines without the first line. Names in any case, lines without a colon skipped, folded lines joined. */
export function readHeaders(lines: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  let name: string | undefined;
  let parts: string[] = [];
  // Joined once when the header is whole: to join at each fold would copy what came before again and again.
  const end = () => {
    if (name === undefined) return;
    const values = headers.get(name) ?? [];
    values.push(parts.join(' ').trim());
    headers.set(name, values);
  };
  for (const line of lines) {
    const isFolded = line.startsWith(' ') || line.startsWith('\t');
    if (isFolded && name !== undefined) {
      parts.push(line.trim());
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    end();
    name = line.slice(0, colon).trim().toLowerCase();
    parts = [line.slice(colon + 1).trim()];
  }
  end();
  return headers;
}

/** The bytes of a request. `CSeq` is spelt as in the RFC, because some cameras compare names byte by byte. */
export function requestBytes(
  method: string,
  uri: string,
  cseq: number,
  headers: readonly (readonly [name: string, value: string])[],
): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${uri} RTSP/1.0\r\nCSeq: ${cseq}\r\nUser-Agent: Commonsight\r\n${lines.join('')}\r\n`;
}
