import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The browser stories in e2e/ are Playwright's and are named *.spec.ts.
    include: ['**/*.test.ts'],
    // One for each core, not one less: most of a test's time is waiting for cameras and relays.
    maxWorkers: availableParallelism(),
    // For machines that are slow or busy; nothing here is meant to take long.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
