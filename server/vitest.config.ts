import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // One for each core, not one less: much of a test's time is waiting for Redis, PostgreSQL or a worker.
    maxWorkers: availableParallelism(),
    globalSetup: ['src/db/testing/makeTemplate.ts'],
    // For machines that are slow or busy; nothing here is meant to take long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
