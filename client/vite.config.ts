import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vitest/config';

/** Where `vite dev` finds the API; the built client is served by the server itself and needs no proxy. */
const serverUrl = process.env['SERVER_URL'] ?? 'http://127.0.0.1:8080';

/**
 * mediasoup-client brings a handler for every engine of the last ten years, and fakes for its own tests. This console is
 * for Chromium 111, Firefox 120, Safari and newer; the rest is a fifth of what the wall's page would load.
 */
const leftOut = /^\.{1,2}\/(?:handlers\/)?(?:Chrome74|ReactNative106|FakeHandler|test\/fakeParameters)$/;

function leaveOutOldHandlers(): Plugin {
  const empty = '\0left-out';
  return {
    name: 'leave-out-old-handlers',
    enforce: 'pre',
    resolveId(source, importer) {
      return importer?.includes('mediasoup-client') === true && leftOut.test(source) ? empty : null;
    },
    load(id) {
      return id === empty ? 'export {};' : null;
    },
  };
}

/**
 * zod tries whether it may make functions out of text. The server's content security policy says no, and a browser writes
 * each try down as an attack. To be said before the first schema is made, and so in zod's own first module.
 */
function tellZodNotToTry(): Plugin {
  return {
    name: 'tell-zod-not-to-try',
    transform: {
      filter: { id: /\/zod\/v4\/core\/core\.js$/ },
      handler: (code) => `${code}\nglobalConfig.jitless = true;\n`,
    },
  };
}

export default defineConfig({
  plugins: [leaveOutOldHandlers(), tellZodNotToTry(), react(), tailwindcss()],
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: {
      '/api': { target: serverUrl },
      '/socket.io': { target: serverUrl, ws: true },
    },
  },
  build: { target: 'es2023', sourcemap: true, chunkSizeWarningLimit: 1200 },
  // maplibre-gl 6 starts its worker as a module.
  worker: { format: 'es' },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    testTimeout: 120_000,
    // Nothing here replaces a module, so files may share them: reading them anew for each is most of the time.
    isolate: false,
  },
});
