import { CodedError } from '../errors.ts';
import type { App } from './App.ts';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another origin asks for in a signed-in user's name. Browsers name the origin on every
 * request that changes something; one that does not still says where the page is from (`Sec-Fetch-Site`). Who says
 * neither is not a browser and holds no one else's cookie.
 */
export function refuseForeignOrigins(app: App, origins: readonly string[]): void {
  app.addHook('onRequest', async (request) => {
    if (readingMethods.has(request.method)) return;
    const { origin, 'sec-fetch-site': site = 'same-origin' } = request.headers;
    // Another host under our own domain is `same-site`, and foreign.
    const isForeign = origin === undefined ? site !== 'same-origin' : !origins.includes(origin);
    if (isForeign) throw new CodedError('foreignOrigin');
  });
}
