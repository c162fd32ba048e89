export interface RtspRequest {
  readonly method: string;
  readonly uri: string;
  /** Header names as they came; `headerOf` compares them without case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface RtspResponse {
  status: number;
  reason: string;
  headers: [name: string, value: string][];
  body?: string;
}

/** What one read position of a control connection holds. */
export type ConnectionPiece =
  | { readonly kind: 'request'; readonly request: RtspRequest; readonly bytes: number }
  | { readonly kind: 'interleaved'; readonly channel: number; readonly packet: Buffer; readonly bytes: number }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'nonsense' };

const DOLLAR = 0x24;
const MAX_HEAD_BYTES = 16_384;

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  302: 'Moved Temporarily',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  453: 'Not Enough Bandwidth',
  454: 'Session Not Found',
  455: 'Method Not Valid in This State',
  461: 'Unsupported Transport',
};

export function respond(status: number, headers: [string, string][] = [], body?: string): RtspResponse {
  const response: RtspResponse = { status, reason: REASONS[status] ?? 'Unknown', headers };
  if (body !== undefined) response.body = body;
  return response;
}

export function headerOf(message: RtspRequest | RtspResponse, name: string): string | undefined {
  return message.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** Sets a header, in place of one of the same name. */
export function setHeader(response: RtspResponse, name: string, value: string): void {
  response.headers = response.headers.filter(([key]) => key.toLowerCase() !== name.toLowerCase());
  response.headers.push([name, value]);
}

/** Reads the next request or interleaved packet from the beginning of what has arrived. */
export function readPiece(received: Buffer): ConnectionPiece {
  if (received.length === 0) return { kind: 'incomplete' };
  if (received[0] === DOLLAR) {
    if (received.length < 4) return { kind: 'incomplete' };
    const bytes = 4 + received.readUInt16BE(2);
    if (received.length < bytes) return { kind: 'incomplete' };
    return { kind: 'interleaved', channel: received[1] ?? 0, packet: received.subarray(4, bytes), bytes };
  }
  const headBytes = received.indexOf('\r\n\r\n');
  if (headBytes === -1) return { kind: received.length > MAX_HEAD_BYTES ? 'nonsense' : 'incomplete' };
  const [firstLine = '', ...lines] = received.toString('latin1', 0, headBytes).split('\r\n');
  const [method, uri, version] = firstLine.split(' ');
  if (method === undefined || uri === undefined || version !== 'RTSP/1.0') return { kind: 'nonsense' };
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const request: RtspRequest = { method, uri, headers };
  const bytes = headBytes + 4 + Number(headerOf(request, 'Content-Length') ?? 0);
  return received.length < bytes ? { kind: 'incomplete' } : { kind: 'request', request, bytes };
}

export function responseBytes(response: RtspResponse): Buffer {
  const body = Buffer.from(response.body ?? '');
  const lines = [`RTSP/1.0 ${response.status} ${response.reason}`];
  for (const [name, value] of response.headers) lines.push(`${name}: ${value}`);
  if (body.length > 0) lines.push(`Content-Length: ${body.length}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
}
