import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    globalSetup: ['src/db/testing/makeTemplate.ts'],
    // For machines that are slow or busy; nothing here is meant to take long.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
