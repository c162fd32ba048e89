import { type FootageSession, footageSessionHeader, footageSessionSchema } from '@commonsight/types/footage';
import { registrantSecretSchema } from '@commonsight/types/registration';
import { z } from 'zod';
import type { TabStorage } from '../../visit/TabStorage.ts';

const storageKey = 'commonsight.footage.visit';
/** Where an opened request is shown, without the link's secret. */
export const footagePath = '/footage';

const keptSchema = z.object({
  visit: footageSessionSchema.nullable(),
  /** Of the mailed link by which the page was opened. It opens nothing any more, and mails its contact another one. */
  linkSecret: registrantSecretSchema.nullable(),
  /** The own page on which the request was opened; null when it was by a mailed link. */
  openedFrom: z.enum(['/owner', '/register/manage']).nullable().default(null),
});

export type KeptVisit = z.infer<typeof keptSchema>;

const nothing: KeptVisit = { visit: null, linkSecret: null, openedFrom: null };

/** What a link, or the own page, has opened: for this tab, over a reload. */
export function keepFootageVisit(storage: TabStorage, kept: z.input<typeof keptSchema>): void {
  try {
    storage.setItem(storageKey, JSON.stringify(kept));
  } catch {
    // A full or forbidden storage costs the visit at a reload, and nothing before.
  }
}

export function forgetFootageVisit(storage: TabStorage): void {
  try {
    storage.removeItem(storageKey);
  } catch {
    // What cannot be written has kept nothing.
  }
}

export function readFootageVisit(storage: TabStorage): KeptVisit {
  try {
    return keptSchema.parse(JSON.parse(storage.getItem(storageKey) ?? 'null'));
  } catch {
    return nothing;
  }
}

export function footageHeaders({ secret }: Pick<FootageSession, 'secret'>): Record<string, string> {
  return { [footageSessionHeader]: secret };
}
