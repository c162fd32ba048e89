import type { Fault } from './Fault.ts';

const PAGE = '<html><body><h1>400 Bad Request</h1></body></html>';

export const notRtsp: Fault = {
  standsFor: 'A wrong port: a web server answers instead of the camera.',
  answer: () => ({
    raw: `HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`,
  }),
};
