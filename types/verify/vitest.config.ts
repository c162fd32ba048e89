import { defineConfig } from 'vitest/config';

export default defineConfig({
  // For machines that are slow or busy; nothing here is meant to take long.
  test: { include: ['src/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
