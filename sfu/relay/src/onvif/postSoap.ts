import { request } from 'node:http';
import { CameraError, toCameraError } from '../rtsp/CameraError.ts';

export interface SoapTarget {
  /** Numeric and checked. */
  readonly address: string;
  readonly port: number;
  /** As a person entered it, for the `Host` header. */
  readonly host: string;
  readonly path: string;
}

export interface SoapAnswer {
  readonly status: number;
  readonly challenges: readonly string[];
  readonly body: string;
}

/** Profiles of a large encoder have some 100 kB. */
const usualLongestAnswer = 256 * 1024;
const largestHeader = 16 * 1024;

/**
 * Sends one request and takes one answer: whole, within the time and the size, and never a redirection. Throws
 * `CameraError`.
 */
export function postSoap(
  target: SoapTarget,
  body: string,
  options: {
    authorization: string | undefined;
    timeoutMs: number;
    signal: AbortSignal;
    longestAnswer?: number | undefined;
  },
): Promise<SoapAnswer> {
  // For the whole of it: an answer that trickles in ends too.
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const { longestAnswer = usualLongestAnswer } = options;
  const { promise, resolve, reject } = Promise.withResolvers<SoapAnswer>();
  const fail = (error: unknown) => {
    reject(deadline.aborted ? new CameraError('timedOut', undefined, { cause: error }) : toCameraError(error));
  };
  const name = target.host.includes(':') ? `[${target.host}]` : target.host;
  const sent = request(
    {
      host: target.address,
      port: target.port,
      path: target.path,
      method: 'POST',
      agent: false,
      maxHeaderSize: largestHeader,
      signal: AbortSignal.any([options.signal, deadline]),
      headers: {
        host: `${name}:${target.port}`,
        'content-type': 'application/soap+xml; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        connection: 'close',
        ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
      },
    },
    (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > longestAnswer) {
          sent.destroy(new CameraError('refused', 'Camera answers at a length that is not read.'));
          return;
        }
        chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('end', () => {
        const { statusCode: status = 0, headersDistinct } = response;
        if (status >= 300 && status < 400) {
          fail(new CameraError('refused', 'Camera redirects to another address. Enter that address if it is right.'));
          return;
        }
        resolve({
          status,
          challenges: headersDistinct['www-authenticate'] ?? [],
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    },
  );
  sent.on('error', fail);
  sent.end(body);
  return promise;
}
