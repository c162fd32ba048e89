import { defineConfig } from '@playwright/test';
import { chromiumArguments, chromiumPath } from '../support/browser/launchBrowser.ts';
import { takesPictures } from './looksRight.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // One stack for all stories, on two cores: side by side they would only slow each other down.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  // Against what hangs, and far from what a slow or busy machine takes.
  timeout: 420_000,
  expect: { timeout: 60_000 },
  globalSetup: './startTrainingCity.ts',
  outputDir: '../../.run/test-results',
  use: {
    viewport: { width: 1920, height: 1080 },
    // Drawing is most of what a story costs a machine without a graphics card.
    deviceScaleFactor: takesPictures ? 1 : 0.5,
    // What is half faded has too little contrast, and how far it has faded is chance.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath: chromiumPath(), args: chromiumArguments },
    // A trace slows every step, by a quarter over all stories: who looks for a defect asks for one with `--trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
