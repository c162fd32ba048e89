import type { IncomingHttpHeaders } from 'node:http';
import { footageSessionHeader } from '@commonsight/types/footage';
import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { CodedError } from '../errors.ts';
import type { App } from '../plugins/App.ts';
import type { FootageServices } from './createFootage.ts';

const { createUpload, readUpload, appendUpload, removeUpload } = footageRoutes;

/** Of one address. What brings or names a part: far more than a line of a home carries. */
const going = { max: 1_200, timeWindow: 60_000 };
/** What begins or takes back a file is a line of the log each time. */
const acting = { max: 120, timeWindow: 60_000 };

/**
 * The routes of the tus protocol. They take no JSON and stand in a scope of their own: here alone a body may be large, and it
 * is not read but streamed on, as fast as the disk takes it.
 */
export async function addUploadRoutes(app: App, { uploads, door }: FootageServices): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Left unread: the body goes from the socket to the file.
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    for (const route of [createUpload, readUpload, appendUpload, removeUpload]) {
      const isAct = route.method === 'POST' || route.method === 'DELETE';
      // Where an upload is to go on is asked again and again, and changes nothing.
      const type = route.audit === 'partOfUpload' ? null : route.audit;
      scope.route({
        method: route.method,
        url: route.path,
        config: { contract: `${route.method} ${route.path}`, rateLimit: isAct ? acting : going },
        handler: async (request, reply) => {
          const secret = request.headers[footageSessionHeader];
          const actor = { kind: 'anonymous' as const, sourceAddress: request.ip };
          const asker = { actor, secret: typeof secret === 'string' ? secret : null };
          const uploader = await uploads.uploader(asker, type);
          if (route.method !== 'PATCH') assertNoBody(request.headers);
          let fileId: string | null = null;
          if (route.method !== 'POST') {
            fileId = (request.params as { id: string }).id;
            const file = await uploads.own(uploader, fileId, type);
            if (route.method === 'PATCH') await uploads.assertFits(uploader, file, partOf(request.headers));
            // A server that stopped, or a line that broke, before the hash was compared: whoever asks where to go on is told
            // that nothing is missing, so it is compared now.
            if (route.method === 'HEAD' && file.offsetBytes === file.sizeBytes) await uploads.finish(uploader, fileId);
          }
          // From here on the answer is the protocol's, with the headers that every answer has.
          reply.hijack();
          for (const [name, value] of Object.entries(reply.getHeaders())) {
            if (value !== undefined) reply.raw.setHeader(name, value);
          }
          reply.raw.setHeader('cache-control', 'no-store');
          await door.answer({ uploader, fileId }, request.raw, reply.raw).catch((error: unknown) => {
            // Nobody else answers any more.
            request.log.error({ err: error }, 'A request of an upload failed.');
            reply.raw.destroy();
          });
        },
      });
    }
  });
}

/** Where a part begins and how many bytes it brings. One that does not say how many could bring any number. */
function partOf(headers: IncomingHttpHeaders): { offset: number; bytes: number } {
  const offset = Number(headers['upload-offset'] ?? Number.NaN);
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new CodedError('badRequest', 'Upload-Offset: where this part begins, in bytes.');
  }
  if (headers['content-length'] === undefined || headers['transfer-encoding'] !== undefined) {
    throw new CodedError('badRequest', 'Content-Length: how large this part is, in bytes.');
  }
  return { offset, bytes: Number(headers['content-length']) };
}

/** Only a part of an upload has a body: the protocol would take one with the request that begins it, too. */
function assertNoBody(headers: IncomingHttpHeaders): void {
  if (Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined) {
    throw new CodedError('badRequest', 'Only a part of an upload has a body.');
  }
}
