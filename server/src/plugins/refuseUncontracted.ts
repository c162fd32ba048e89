import type { App } from './App.ts';

/** Fails the start when a route under `/api/` was registered without its contract. */
export function refuseUncontracted(app: App): void {
  app.addHook('onRoute', (route) => {
    const isApi = route.url === '/api' || route.url.startsWith('/api/');
    if (isApi && route.config?.contract === undefined) {
      throw new Error(`The route ${String(route.method)} ${route.url} has no contract in types/src/http/routes.ts.`);
    }
    const methods = [route.method].flat();
    if (!isApi && methods.some((method) => method !== 'GET' && method !== 'HEAD')) {
      throw new Error(`The route ${methods.join()} ${route.url} changes something outside /api/.`);
    }
  });
}
