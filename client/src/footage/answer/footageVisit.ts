import { type FootageSession, footageSessionHeader, footageSessionSchema } from '@commonsight/types/footage';
import type { DraftStorage } from '../../registry/draft/draftMemory.ts';

const storageKey = 'commonsight.footage.visit';
/** Where an opened request is shown, without the link's secret. */
export const footagePath = '/footage';

/** Takes the link's secret out of the address at once: there it is seen over a shoulder and kept in the history. */
export function takeFootageSecret(): string | null {
  const secret = window.location.hash.slice(1);
  window.history.replaceState(window.history.state, '', footagePath);
  return secret === '' ? null : secret;
}

/** What a link, or the own page, has opened: for this tab, over a reload. */
export function keepFootageVisit(storage: DraftStorage, visit: FootageSession): void {
  storage.setItem(storageKey, JSON.stringify(visit));
}

/** A link that is opened now is another visit, also when it opens nothing. */
export function forgetFootageVisit(storage: DraftStorage): void {
  storage.removeItem(storageKey);
}

export function readFootageVisit(storage: DraftStorage): FootageSession | null {
  try {
    return footageSessionSchema.parse(JSON.parse(storage.getItem(storageKey) ?? 'null'));
  } catch {
    return null;
  }
}

export function footageHeaders({ secret }: Pick<FootageSession, 'secret'>): Record<string, string> {
  return { [footageSessionHeader]: secret };
}
