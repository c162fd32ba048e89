import { defineConfig } from 'vitest/config';

export default defineConfig({
  // For machines that are slow or busy; nothing here is meant to take long.
  test: { testTimeout: 30_000, hookTimeout: 30_000 },
});
