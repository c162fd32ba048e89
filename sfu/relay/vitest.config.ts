import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // For machines that are slow or busy; nothing here is meant to take long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Nothing here replaces a module, so files may share them: reading them anew for each is half of the time.
    isolate: false,
  },
});
