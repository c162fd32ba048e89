import { openStore } from '../openStore.ts';

/** A site's page that this browser remembers, so that the installed app and a push message find it without its link. */
export interface OwnerSite {
  /** The secret of the owner's link. It stays in this browser, as the address of a kept page does. */
  secret: string;
  siteName: string;
  /** Of the messages that come here for it; null when none do. */
  subscriptionId: string | null;
  /** Where the browser took messages when it was last told to the server: another one means that they have stopped. */
  endpoint: string | null;
  /** Whether a button that begins an alert is kept among the device's notices. */
  hasAlertButton: boolean;
}

const inStore = openStore('commonsight-owner-sites', 'sites', 'secret');

export async function readSites(): Promise<OwnerSite[]> {
  const found: unknown[] = await inStore('readonly', (store) => store.getAll());
  return found as OwnerSite[];
}

export async function readSite(secret: string): Promise<OwnerSite | null> {
  const found: unknown = await inStore('readonly', (store) => store.get(secret));
  return (found as OwnerSite | undefined) ?? null;
}

export async function keepSite(site: OwnerSite): Promise<void> {
  await inStore('readwrite', (store) => store.put(site));
}

export async function forgetSite(secret: string): Promise<void> {
  await inStore('readwrite', (store) => store.delete(secret));
}

/** The remembered site that a message or the app means: the named one, else the only one. */
export function siteFor(sites: readonly OwnerSite[], subscriptionId: string | null): OwnerSite | null {
  const named = sites.find((site) => subscriptionId !== null && site.subscriptionId === subscriptionId);
  if (named !== undefined) return named;
  return sites.length === 1 ? (sites[0] ?? null) : null;
}

/** The secret behind an owner's link as somebody pastes it, or alone; null for what is none. */
export function secretOfLink(text: string): string | null {
  const secret = text.trim().replace(/^.*#/s, '');
  return /^[\w-]{20,100}$/.test(secret) ? secret : null;
}
