import type { App } from './App.ts';

/**
 * Takes an empty body under `content-type: application/json` for no body. Some requests have nothing to say
 * (`POST /api/grants/:id/end`), and callers name the type all the same.
 */
export function acceptEmptyBodies(app: App): void {
  // Refuses `__proto__` and `constructor` keys.
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null);
    return parse(request, String(body), done);
  });
}
