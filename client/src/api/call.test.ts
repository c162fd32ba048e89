import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { routes } from '@commonsight/types/http/routes';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressOf, call } from './call.ts';

const id = '0192f0c1-0000-7000-8000-000000000001';

type Handler = (request: IncomingMessage & { text: string }, response: ServerResponse) => void;

/** A real HTTP server; `fetch` of the page's own addresses goes to it. */
let handler: Handler;
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  request.on('end', () => handler(Object.assign(request, { text }), response));
});

beforeEach(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const realFetch = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, options: RequestInit) => realFetch(`http://127.0.0.1:${port}${path}`, options));
});

afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

function answerWith(status: number, body: unknown): void {
  handler = (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

describe('call', () => {
  it('fills in the address and sends the body', async () => {
    const seen: { method?: string; url?: string; text: string }[] = [];
    handler = (request, response) => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', text: request.text });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ id, incidentId: id, at: '2026-01-05T10:00:00.000Z', kind: 'note', author: null, text: 'x' }),
      );
    };
    const result = await call(routes.noteIncident, { params: { id }, body: { text: 'Man in red' } });
    expect(result).toMatchObject({ state: 'ok', value: { text: 'x' } });
    expect(seen).toEqual([{ method: 'POST', url: `/api/incidents/${id}/notes`, text: '{"text":"Man in red"}' }]);
  });

  it("gives the server's error as a value", async () => {
    answerWith(403, { error: { code: 'grantNeeded', message: 'Ask first.' } });
    expect(await call(routes.listCameras)).toEqual({
      state: 'failed',
      error: { code: 'grantNeeded', message: 'Ask first.' },
    });
  });

  it('does not believe an answer that has not the agreed form', async () => {
    answerWith(200, { cameras: [{ id: 'one' }] });
    expect(await call(routes.listCameras)).toMatchObject({ state: 'failed', error: { code: 'internal' } });
    answerWith(200, '<html>');
    expect(await call(routes.listCameras)).toMatchObject({ state: 'failed', error: { code: 'internal' } });
  });

  it('understands a proxy that answers in its own words', async () => {
    answerWith(502, '<html>Bad gateway</html>');
    expect(await call(routes.me)).toMatchObject({ state: 'failed', error: { code: 'unreachable' } });
    answerWith(401, '');
    expect(await call(routes.me)).toMatchObject({ state: 'failed', error: { code: 'notSignedIn' } });
  });

  it('says that the server does not answer', async () => {
    handler = (request) => request.socket.destroy();
    expect(await call(routes.me)).toMatchObject({ state: 'failed', error: { code: 'unreachable' } });
  });

  it('says so also of a server that takes too long, before its answer and within it', async () => {
    const late = { state: 'failed', error: { code: 'unreachable' } };
    handler = () => undefined;
    expect(await call(routes.me, { signal: AbortSignal.timeout(50) })).toMatchObject(late);
    handler = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{');
    };
    expect(await call(routes.me, { signal: AbortSignal.timeout(50) })).toMatchObject(late);
  });

  it('is aborted when it was given up', async () => {
    const abort = new AbortController();
    handler = () => abort.abort();
    expect(await call(routes.listCameras, { signal: abort.signal })).toEqual({ state: 'aborted' });
  });
});

describe('addressOf', () => {
  it('escapes parameters and leaves out what is not given', () => {
    expect(addressOf(routes.getIncident, { id: 'a/b' }, undefined)).toBe('/api/incidents/a%2Fb');
    expect(addressOf(routes.nearCameras, undefined, { latitude: 43.5, longitude: -87, limit: undefined })).toBe(
      '/api/cameras/near?latitude=43.5&longitude=-87',
    );
    expect(() => addressOf(routes.getIncident, {}, undefined)).toThrow(/parameter id/);
  });
});
