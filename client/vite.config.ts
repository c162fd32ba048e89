import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vitest/config';
import { drawIcon } from './icons/drawIcon.ts';

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

const ownerWorker = 'owner-worker';

/** The owner's page's icons, and its service worker as one file: browsers that take no module there take no import either. */
function buildOwnerApp(): Plugin {
  return {
    name: 'build-owner-app',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const [fileName, pixels, look] of [
        ['owner-icon-192.png', 192, 'plate'],
        ['owner-icon-512.png', 512, 'plate'],
        ['owner-icon-full-512.png', 512, 'full'],
        ['owner-icon-full-180.png', 180, 'full'],
        ['owner-badge-96.png', 96, 'sign'],
      ] as const) {
        this.emitFile({ type: 'asset', fileName, source: drawIcon(pixels, look) });
      }
      const worker = bundle[`${ownerWorker}.js`];
      if (
        worker?.type !== 'chunk' ||
        worker.imports.length + worker.dynamicImports.length + worker.exports.length > 0
      ) {
        this.error('The owner’s service worker has to be one file: nothing of its folder is imported by pages.');
      }
    },
  };
}

export default defineConfig({
  plugins: [leaveOutOldHandlers(), tellZodNotToTry(), react(), tailwindcss(), buildOwnerApp()],
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: {
      '/api': { target: serverUrl },
      '/socket.io': { target: serverUrl, ws: true },
    },
  },
  build: {
    target: 'es2023',
    sourcemap: true,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { index: 'index.html', [ownerWorker]: 'src/owner-worker/worker.ts' },
      output: {
        // A service worker keeps its address: by it a browser finds the next version.
        entryFileNames: ({ name }) => (name === ownerWorker ? `${ownerWorker}.js` : 'assets/[name]-[hash].js'),
      },
    },
  },
  // maplibre-gl 6 starts its worker as a module.
  worker: { format: 'es' },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'icons/**/*.test.ts'],
    testTimeout: 120_000,
    // Nothing here replaces a module, so files may share them: reading them anew for each is most of the time.
    isolate: false,
  },
});
