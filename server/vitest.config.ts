import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // One more than cores: much of a test's time is waiting for Redis, PostgreSQL, a worker or an end.
    maxWorkers: availableParallelism() + 1,
    // Nothing here replaces a module, so files may share them: reading them anew for each is a third of the time.
    isolate: false,
    globalSetup: ['src/db/testing/makeTemplates.ts'],
    // For machines that are slow or busy; nothing here is meant to take long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
