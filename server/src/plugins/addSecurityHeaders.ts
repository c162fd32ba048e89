import helmet from '@fastify/helmet';
import { type Config, trustedOrigins } from '../config.ts';
import type { App } from './App.ts';

/** What the console uses of a browser. */
const usedFeatures = ['autoplay', 'clipboard-write', 'publickey-credentials-create', 'publickey-credentials-get'];

/** What it never uses, so that nothing that got into a page could either. */
const unusedFeatures = [
  'accelerometer',
  'bluetooth',
  'camera',
  'display-capture',
  'fullscreen',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'window-management',
];

/** Whoever registers a camera or applies to share one may say "I am there now". No other page learns where its device is. */
const locatingPages = /^\/(?:register|registry|share)(?:[/?]|$)/;

const permissionsPolicy = (url: string): string =>
  [
    ...usedFeatures.map((feature) => `${feature}=(self)`),
    ...unusedFeatures.map((feature) => `${feature}=()`),
    `geolocation=${locatingPages.test(url) ? '(self)' : '()'}`,
  ].join(', ');

/** Helmet with a content security policy that lets the client run and nothing else, and what helmet does not set. */
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
        defaultSrc: ["'none'"],
        // WebAssembly hashes files that are uploaded; it comes from scripts of ours, and text does not become one by it.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        // Mapbox makes its workers from blobs; the other map's is a file of ours.
        workerSrc: ["'self'", ...(hasMapbox ? ['blob:'] : [])],
        // Toasts and resize handles bring their own style elements; scripts never come that way.
        styleSrc: ["'self'", "'unsafe-inline'"],
        styleSrcAttr: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        connectSrc: [
          "'self'",
          ...sockets,
          ...(hasMapbox ? ['https://api.mapbox.com', 'https://events.mapbox.com', 'https://*.tiles.mapbox.com'] : []),
        ],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps,
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('permissions-policy', permissionsPolicy(request.url));
    // Errors too: what was asked for may stand in them.
    if (request.url.startsWith('/api') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}
