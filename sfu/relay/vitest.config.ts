import { defineConfig } from 'vitest/config';

export default defineConfig({
  // For machines that are slow or busy; nothing here is meant to take long.
  test: { testTimeout: 120_000, hookTimeout: 120_000 },
});
