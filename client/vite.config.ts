import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where `vite dev` finds the API; the built client is served by the server itself and needs no proxy. */
const serverUrl = process.env['SERVER_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), tailwindcss()],
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
  test: { environment: 'node', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], testTimeout: 30_000 },
});
