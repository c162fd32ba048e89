import type { ServerResponse } from 'node:http';

/** What a fault may know of the camera that has it. */
export interface OnvifFaultContext {
  /** Where somebody else listens who must not hear of it: `host:port`. */
  readonly lure: string;
}

/** A way in which a device, broken or hostile, goes wrong over ONVIF. Each hook is optional and changes one thing. */
export interface OnvifFault {
  readonly standsFor: string;
  /** Added to the camera's clock, in milliseconds. */
  readonly clockErrorMs?: number;
  /** Changes the text of an answer that is otherwise right. */
  amend?(text: string, context: OnvifFaultContext): string;
  /** Answers in place of the camera. */
  answer?(response: ServerResponse, context: OnvifFaultContext): void;
  /** The addresses of a discovery answer. */
  discovered?(url: string, context: OnvifFaultContext): string;
}

function withPrologue(text: string, prologue: string): string {
  return text.replace(/\?>/, `?>${prologue}`);
}

const soapType = { 'content-type': 'application/soap+xml' };

export const ONVIF_FAULTS = {
  clockFast: { standsFor: 'a clock that nobody set since the battery was changed', clockErrorMs: 40_000 },
  clockYearsOff: { standsFor: 'a camera that began at its first day', clockErrorMs: -20 * 365 * 86_400_000 },
  serviceElsewhere: {
    standsFor: 'a device that points the relay at another one',
    amend: (text, { lure }) => text.replace(/(XAddr>http:\/\/)[^/]*/g, `$1${lure}`),
  },
  serviceOnOtherPort: {
    standsFor: 'a device that points the relay at another service of its own',
    amend: (text, { lure }) => text.replace(/(XAddr>http:\/\/[^:/]*)[^/]*/g, `$1:${lure.replace(/.*:/, '')}`),
  },
  subscriptionElsewhere: {
    standsFor: 'a device that sends the relay to another one for its events',
    amend: (text, { lure }) => text.replace(/(<w:Address>http:\/\/)[^/]*/g, `$1${lure}`),
  },
  streamElsewhere: {
    standsFor: 'a device that gives another one’s stream for its own',
    amend: (text, { lure }) => text.replace(/(Uri>rtsp:\/\/)[^/]*/g, `$1${lure}`),
  },
  streamIsNoStream: {
    standsFor: 'a device that points the relay at a service that speaks no RTSP',
    amend: (text, { lure }) => text.replace(/Uri>rtsp:[^<]*/g, `Uri>http://${lure}/latest/meta-data/`),
  },
  streamBreaksLines: {
    standsFor: 'a device that smuggles a header into a request',
    amend: (text) => text.replace(/(Uri>rtsp:\/\/[^/]*)[^<]*/g, '$1/live\r\nX-Own: 1'),
  },
  entityBomb: {
    standsFor: 'the billion laughs: some hundred bytes that grow to gigabytes',
    amend: (text) => {
      const names = Array.from({ length: 10 }, (_, index) => `e${index}`);
      const lines = names.map((name, index) =>
        index === 0 ? `<!ENTITY ${name} "ha">` : `<!ENTITY ${name} "${`&e${index - 1};`.repeat(10)}">`,
      );
      return withPrologue(text, `<!DOCTYPE b [${lines.join('')}]>`).replace(/>[^<>]+<\//, '>&e9;</');
    },
  },
  outsideEntity: {
    standsFor: 'an answer that wants a file of the relay, or a page of the network, put into it',
    amend: (text, { lure }) =>
      withPrologue(
        text,
        `<!DOCTYPE b [<!ENTITY x SYSTEM "http://${lure}/x"><!ENTITY y SYSTEM "file:///etc/passwd">]>`,
      ).replace(/>[^<>]+<\//, '>&x;&y;</'),
  },
  deepAnswer: {
    standsFor: 'an answer that is deeper than a stack',
    amend: (text) => text.replace(/(<s:Body>)/, `$1${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`),
  },
  openTags: {
    standsFor: 'an answer made to be slow to read',
    amend: () => `<?xml version="1.0"?>${'<a b="'.repeat(80_000)}`,
  },
  prototypeNames: {
    standsFor: 'an answer whose elements are named like parts of the language',
    amend: (text) =>
      text.replace(/(<s:Body>)/, '$1<__proto__><polluted>1</polluted></__proto__><constructor>1</constructor>'),
  },
  noXml: { standsFor: 'a web server at the port', amend: () => '<html><body>Hello<br></body>' },
  hugeAnswer: {
    standsFor: 'an answer that fills the relay’s memory',
    answer: (response) => {
      response.writeHead(200, soapType);
      const fill = (): void => {
        while (!response.destroyed && response.write('<a>'.repeat(20_000)));
        if (!response.destroyed) response.once('drain', fill);
      };
      fill();
    },
  },
  neverEnding: {
    standsFor: 'an answer that comes one byte at a time, for ever',
    answer: (response) => {
      response.writeHead(200, soapType);
      const timer = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(timer));
    },
  },
  silent: { standsFor: 'a camera that hangs', answer: () => undefined },
  redirects: {
    standsFor: 'a device that sends the relay elsewhere by HTTP',
    // As bytes: a lure may be no header that Node would write.
    answer: (response, { lure }) =>
      void response.socket?.end(
        `HTTP/1.1 307 Temporary Redirect\r\nLocation: http://${lure}/onvif\r\nContent-Length: 0\r\n\r\n`,
      ),
  },
  asksInClear: {
    standsFor: 'somebody in the middle who wants the password itself',
    answer: (response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="camera"' }).end(),
  },
  discoveredElsewhere: {
    standsFor: 'a device that answers a search in another one’s name',
    discovered: (_, { lure }) => `http://${lure}/onvif/device_service`,
  },
} as const satisfies Record<string, OnvifFault>;

export type OnvifFaultName = keyof typeof ONVIF_FAULTS;
