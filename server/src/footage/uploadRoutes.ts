import { footageSessionHeader, largestUploadPartBytes } from '@commonsight/types/footage';
import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { idSchema } from '@commonsight/types/ids';
import { CodedError } from '../errors.ts';
import type { App } from '../plugins/App.ts';
import type { FootageServices } from './createFootage.ts';

const { createUpload, readUpload, appendUpload, removeUpload } = footageRoutes;

/** Of one address: at 8 MiB a part this is far more than a line of a home carries. */
const rateLimit = { max: 1_200, timeWindow: 60_000 };

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
      scope.route({
        method: route.method,
        url: route.path,
        config: { contract: `${route.method} ${route.path}`, rateLimit },
        handler: async (request, reply) => {
          const secret = request.headers[footageSessionHeader];
          const actor = { kind: 'anonymous' as const, sourceAddress: request.ip };
          const uploader = await uploads.uploader({ actor, secret: typeof secret === 'string' ? secret : null });
          assertPart(route.method, request.headers['content-length']);
          if (route.method !== 'POST') {
            const { id } = request.params as { id: string };
            if (!idSchema.safeParse(id).success) throw new CodedError('notFound');
            const file = await uploads.own(uploader, id);
            // A server that stopped, or a line that broke, before the hash was compared: whoever asks where to go on is told
            // that nothing is missing, so it is compared now.
            if (route.method === 'HEAD' && file.offsetBytes === file.sizeBytes) await uploads.finish(uploader, id);
          }
          // From here on the answer is the protocol's, with the headers that every answer has.
          reply.hijack();
          for (const [name, value] of Object.entries(reply.getHeaders())) {
            if (value !== undefined) reply.raw.setHeader(name, value);
          }
          reply.raw.setHeader('cache-control', 'no-store');
          await door.answer(uploader, request.raw, reply.raw);
        },
      });
    }
  });
}

/** Only a part brings bytes, and it says how many. */
function assertPart(method: string, length: string | undefined): void {
  const bytes = Number(length ?? 0);
  if (method !== 'PATCH') {
    if (bytes > 0) throw new CodedError('badRequest', 'Only a part of an upload has a body.');
    return;
  }
  if (length === undefined) throw new CodedError('badRequest', 'Content-Length: how large this part is.');
  if (bytes > largestUploadPartBytes) throw new CodedError('tooLarge');
}
