import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // relay/ and worker/ are packages of their own.
    include: ['src/**/*.test.ts'],
    // For machines that are slow or busy; nothing here is meant to take long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
