import { CodedError } from '../errors.ts';
import type { App } from './App.ts';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another origin asks for in a signed-in user's name. Browsers name the origin on every
 * request that changes something; who names none is not a browser and holds no one else's cookie.
 */
export function refuseForeignOrigins(app: App, origins: readonly string[]): void {
  app.addHook('onRequest', async (request) => {
    if (readingMethods.has(request.method)) return;
    const { origin } = request.headers;
    const isForeign =
      origin === undefined ? request.headers['sec-fetch-site'] === 'cross-site' : !origins.includes(origin);
    if (isForeign) throw new CodedError('foreignOrigin');
  });
}
