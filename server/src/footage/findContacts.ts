import {
  type FootageAsk,
  type FootageNotAsked,
  type FootageSource,
  mostRequestsToOneADay,
} from '@commonsight/types/footage';
import type { RegistrantLanguage } from '@commonsight/types/registration';
import type { SearchWindow } from '@commonsight/types/search';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { RegistrationRow } from '../registry/registrationRepository.ts';
import { overwritingMomentsOf } from '../search/overwriting.ts';
import { findUnshared } from './findUnshared.ts';
import { countAsked, lockOwnedCameras, lockRegistrations, lockRequests } from './footageRepository.ts';

const dayMs = 24 * 60 * 60_000;

/** A contact that is about to be asked, with the cameras behind it. */
export interface Contact {
  /** Of the registry, as a recipient has it; null for the owner of a site. */
  emailHash: string | null;
  siteId: string | null;
  language: RegistrantLanguage;
  sources: { id: string; registrationId: string | null; cameraId: string | null }[];
  overwrittenAt: Date | null;
  /** Whether nobody is behind it. */
  isCanary: boolean;
}

/**
 * One contact for each mail address and site, without those that have been asked too often and without cameras that their owner
 * has off (FTG1). Throws `notFound` when a camera is not there any more. Run it in the transaction that writes the request.
 */
export async function findContacts(
  tx: Db,
  agencyId: string,
  ask: FootageAsk,
  now: Date,
): Promise<{ contacts: Contact[]; notAsked: FootageNotAsked[] }> {
  await lockRequests(tx, agencyId);
  const registered = await lockRegistrations(tx, agencyId, idsOf(ask, 'registered'), now);
  const owned = await lockOwnedCameras(tx, agencyId, idsOf(ask, 'live'));
  if (registered.length !== idsOf(ask, 'registered').length || owned.length !== idsOf(ask, 'live').length) {
    throw new CodedError('notFound', 'One of these cameras is not there any more. Search again.');
  }
  const notAsked: FootageNotAsked[] = [];
  const unshared = await findUnshared(tx, agencyId, owned, ask.window);
  const byKey = new Map<string, Contact>();
  for (const { row, isFindable } of registered) {
    const { id, language } = row;
    if (language === null || !isFindable) {
      notAsked.push({ id, why: 'notReachable' });
      continue;
    }
    // What can be found and has no mail address is a canary, which is asked and counted as anybody.
    const emailHash = row.emailHash ?? id;
    const made = {
      emailHash,
      siteId: null,
      language,
      sources: [],
      overwrittenAt: null,
      isCanary: row.emailHash === null,
    };
    const contact: Contact = byKey.get(emailHash) ?? made;
    contact.sources.push({ id: newId(), registrationId: id, cameraId: null });
    contact.overwrittenAt = earlier(contact.overwrittenAt, overwrittenAtOf(row, ask.window, now));
    byKey.set(emailHash, contact);
  }
  for (const { id, siteId, isReachable, keptDays } of owned) {
    if (unshared.has(id) || !isReachable) {
      notAsked.push({ id, why: unshared.has(id) ? 'notShared' : 'notReachable' });
      continue;
    }
    const made = {
      emailHash: null,
      siteId,
      language: 'en' as const,
      sources: [],
      overwrittenAt: null,
      isCanary: false,
    };
    const contact: Contact = byKey.get(siteId) ?? made;
    contact.sources.push({ id: newId(), registrationId: null, cameraId: id });
    const kept = { retentionDays: keptDays, clockOffsetSeconds: 0 };
    contact.overwrittenAt = earlier(contact.overwrittenAt, overwrittenAtOf(kept, ask.window, now));
    byKey.set(siteId, contact);
  }
  const asked = await countAsked(tx, agencyId, [...byKey.values()], new Date(now.getTime() - dayMs));
  const contacts: Contact[] = [];
  for (const [key, contact] of byKey) {
    if ((asked.get(key) ?? 0) < mostRequestsToOneADay) {
      contacts.push(contact);
      continue;
    }
    for (const { registrationId, cameraId } of contact.sources) {
      notAsked.push({ id: registrationId ?? cameraId ?? '', why: 'askedTooOften' });
    }
  }
  return { contacts, notAsked };
}

/** Each named once, however often it was. */
export function idsOf({ sources }: FootageAsk, kind: FootageSource['kind']): string[] {
  return [...new Set(sources.filter((source) => source.kind === kind).map(({ id }) => id))];
}

/** When the first of the window goes, or what is left of it when that may be gone; null when nothing is left. */
function overwrittenAtOf(
  { retentionDays, clockOffsetSeconds }: Pick<RegistrationRow, 'retentionDays' | 'clockOffsetSeconds'>,
  window: SearchWindow,
  now: Date,
): Date | null {
  if (retentionDays === null || clockOffsetSeconds === null) return null;
  const { firstGoneMs, lastGoneMs } = overwritingMomentsOf({ retentionDays, clockOffsetSeconds }, window);
  if (lastGoneMs <= now.getTime()) return null;
  return new Date(firstGoneMs <= now.getTime() ? lastGoneMs : firstGoneMs);
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
