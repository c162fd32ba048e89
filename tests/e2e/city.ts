import { readFileSync } from 'node:fs';
import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { openSignedIn } from '../support/browser/launchBrowser.ts';

/** Names the file with what the stories need of the training city that `startTrainingCity` started. */
export const cityFileVariable = 'COMMONSIGHT_STORIES_CITY';

const citySchema = z.object({
  url: z.string(),
  wallUrl: z.string(),
  users: z.array(z.object({ role: z.string(), email: z.string(), password: z.string() })),
  cameras: z.array(z.object({ id: z.string(), number: z.number(), name: z.string() })),
  relayFolder: z.string(),
  /** Where the server writes mails. */
  mailFolder: z.string(),
});

export type City = z.infer<typeof citySchema>;

export function trainingCity(): City {
  const file = process.env[cityFileVariable];
  if (file === undefined) throw new Error('The training city is not running.');
  return citySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

export function userOf(city: City, role: string): City['users'][number] {
  const user = city.users.find((candidate) => candidate.role === role);
  if (user === undefined) throw new Error(`The training city has no ${role}.`);
  return user;
}

export function cameraOf(city: City, number: number): City['cameras'][number] {
  const camera = city.cameras.find((candidate) => candidate.number === number);
  if (camera === undefined) throw new Error(`The training city has no camera ${number}.`);
  return camera;
}

/** A page in a session of its own, signed in with the role. */
export async function signInAs(browser: Browser, role: string, url = trainingCity().wallUrl): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await openSignedIn(page, url, userOf(trainingCity(), role));
  return page;
}

export function tileAt(page: Page, slot: number): Locator {
  return page.locator(`[data-testid="tile"][data-slot="${slot}"]`);
}

export async function expectTile(page: Page, slot: number, cameraId: string, state = 'live'): Promise<void> {
  const tile = tileAt(page, slot);
  await expect(tile).toHaveAttribute('data-camera-id', cameraId);
  await expect(tile).toHaveAttribute('data-state', state);
}

/** Makes a wall with the user's session and returns its address. */
export async function createWall(page: Page, name: string, incidentId: string | null = null): Promise<string> {
  const answer = await page.request.post(`${trainingCity().url}/api/walls`, {
    headers: { origin: new URL(trainingCity().url).origin },
    data: { name, layout: '4', incidentId },
  });
  expect(answer.ok()).toBe(true);
  const { id } = z.object({ id: z.string() }).parse(await answer.json());
  return `${trainingCity().url}/wall/${id}`;
}

/** The id of the open incident with this number, asked with the page's session. */
export async function incidentNumber(page: Page, number: number): Promise<string> {
  const answer = await page.request.get(`${trainingCity().url}/api/incidents`);
  const { incidents } = z
    .object({ incidents: z.array(z.object({ id: z.string(), number: z.number() })) })
    .parse(await answer.json());
  const incident = incidents.find((candidate) => candidate.number === number);
  if (incident === undefined) throw new Error(`Incident #${number} is not open.`);
  return incident.id;
}
