import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';

const chromiumPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/**
 * Debian's Chromium, kept off the network (its background requests), with timers and rendering of hidden windows not
 * throttled, and with loopback among its ICE candidates: without the last one nothing on one machine connects.
 */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--allow-loopback-in-peer-connection',
  // Pictures are composed by the processor, as on any machine without a graphics card; through SwiftShader's GL that
  // takes ten times as long. WebGL alone, which the map needs, goes through SwiftShader.
  '--disable-gpu',
  '--enable-unsafe-swiftshader',
];

export function chromiumPath(): string {
  const path = process.env['CHROMIUM_PATH'] ?? chromiumPaths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error('Chromium is missing. Install it: sudo apt-get install chromium');
  return path;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: chromiumArguments });
}

/** Opens an address of the console and signs in on the way. */
export async function openSignedIn(page: Page, url: string, user: { email: string; password: string }): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Email').fill(user.email);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(url);
}
