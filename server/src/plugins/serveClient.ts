import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import { ConfigError } from '../config.ts';
import { notFoundBody } from './answerErrors.ts';
import type { App } from './App.ts';

/**
 * Serves the built client. Its windows are routes of its own (`/wall/:id/screen/:n`): every path that is neither a
 * file nor under `/api/` gets the page.
 */
export async function serveClient(app: App, clientDir: string | undefined): Promise<void> {
  if (clientDir !== undefined) {
    const root = resolve(clientDir);
    await access(join(root, 'index.html')).catch((error: unknown) => {
      throw new ConfigError(`The setting CLIENT_DIR is wrong: there is no index.html in ${root}.`, { cause: error });
    });
    await app.register(fastifyStatic, {
      root,
      index: 'index.html',
      cacheControl: false,
      setHeaders: (response, path) => {
        // Vite names assets by their content; the page itself must be asked for each time.
        const isAsset = path.startsWith(join(root, 'assets'));
        response.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    // The target of a request may be anything that begins with a slash (`//`), and so no URL.
    const [pathname = ''] = request.url.split('?', 1);
    const isPage = request.method === 'GET' && !pathname.startsWith('/api/') && !/\.[a-z0-9]+$/i.test(pathname);
    if (clientDir !== undefined && isPage) return reply.sendFile('index.html');
    return reply.status(404).send(notFoundBody);
  });
}
