import helmet from '@fastify/helmet';
import { type Config, trustedOrigins } from '../config.ts';
import type { App } from './App.ts';

/** Helmet with a content security policy that lets the client run and nothing else. */
export async function addSecurityHeaders(app: App, config: Config): Promise<void> {
  const isHttps = config.publicUrl.startsWith('https:');
  const hasMapbox = config.mapboxToken !== undefined;
  // Not every browser takes 'self' for sockets too. An IPv6 address is no source of a policy.
  const sockets = trustedOrigins(config.publicUrl)
    .filter((origin) => !origin.includes('['))
    .map((origin) => origin.replace(/^http/, 'ws'));
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The map's workers are made from blobs.
        workerSrc: ["'self'", 'blob:'],
        // Toasts and resize handles bring their own style elements; scripts never come that way.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: [
          "'self'",
          ...sockets,
          ...(hasMapbox ? ['https://api.mapbox.com', 'https://events.mapbox.com', 'https://*.tiles.mapbox.com'] : []),
        ],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}
