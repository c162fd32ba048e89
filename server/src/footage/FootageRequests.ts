import {
  type FootageAsk,
  type footageNotAskedSchema,
  type FootagePreview,
  type FootageRequest,
  type FootageSource,
  longestFootageDays,
  mostFootageRequestsADay,
  mostRequestsToOneADay,
  shortestFootageHours,
} from '@commonsight/types/footage';
import { type RegistrantLanguage, registrantLanguageSchema } from '@commonsight/types/registration';
import type { SearchWindow } from '@commonsight/types/search';
import type { RawAnswer } from '@commonsight/types/http/route';
import type { z } from 'zod';
import type { Access } from '../access/Access.ts';
import type { Actor, UserActor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { findIncident, lockIncident } from '../incidents/incidentRepository.ts';
import { findRegistryAgency, type RegistrationRow } from '../registry/registrationRepository.ts';
import type { RegistryMails } from '../registry/RegistryMails.ts';
import { overwritingMomentsOf } from '../search/overwriting.ts';
import type { FootageFolder } from './FootageFolder.ts';
import type { FootageKeys } from './FootageKeys.ts';
import type { FootageMails } from './FootageMails.ts';
import {
  countAsked,
  countSent,
  findColleague,
  findOrMakeCase,
  findReadable,
  findReadableFile,
  insertPerson,
  insertRequest,
  listAskedCameras,
  listFiles,
  listPeople,
  listReadable,
  listRecipients,
  lockOwnedCameras,
  lockRegistrations,
  type SentRequest,
} from './footageRepository.ts';
import { remindAtOf } from './remindAtOf.ts';
import { toRequest } from './toWire.ts';
import { writeFootageMail } from './writeFootageMail.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

type NotAsked = z.infer<typeof footageNotAskedSchema>;

/** A contact that is about to be asked, with the cameras behind it. */
interface Contact {
  emailHash: string | null;
  siteId: string | null;
  language: RegistrantLanguage;
  sources: { id: string; registrationId: string | null; cameraId: string | null }[];
  overwrittenAt: Date | null;
}

export interface FootageParts {
  db: Db;
  access: Access;
  keys: FootageKeys;
  folder: FootageFolder;
  mails: FootageMails;
  background: Pick<RegistryMails, 'later'>;
}

/** What investigators do: ask for footage, see how it stands, and download what came. */
export class FootageRequests {
  readonly #parts: FootageParts;

  constructor(parts: FootageParts) {
    this.#parts = parts;
  }

  async preview(actor: Actor, ask: FootageAsk): Promise<FootagePreview[]> {
    const { db, access } = this.#parts;
    const now = new Date();
    const { user } = await access.requireAccess(actor, 'footage.request', {
      auditType: 'footage.requested',
      record: 'refusals',
      cameras: () => ({ permission: 'camera.list', ids: idsOf(ask, 'live') }),
      check: async () => assertFits(ask, now),
    });
    const agency = await findRegistryAgency(db, user.agencyId);
    const incident = ask.incidentId === null ? null : await findIncident(db, user.agencyId, ask.incidentId);
    if (ask.incidentId !== null && incident === null) throw new CodedError('notFound');
    return registrantLanguageSchema.options.map((language) => ({
      language,
      ...writeFootageMail('request', language, {
        agency: agency?.name ?? '',
        number: ask.caseNumber ?? `#${String(incident?.number ?? '')}`,
        place: ask.place,
        from: new Date(ask.window.from),
        to: new Date(ask.window.to),
        deadline: new Date(ask.deadline),
        text: ask.text,
        overwritten: null,
        // In the place of each contact's own.
        link: '…',
      }),
    }));
  }

  /** The line, the request and its contacts are one commit; the mails follow. */
  async create(actor: Actor, ask: FootageAsk): Promise<{ request: FootageRequest; notAsked: NotAsked[] }> {
    const { access, keys, mails, background } = this.#parts;
    const now = new Date();
    const type = 'footage.requested';
    const { user } = await access.requireAccess(actor, 'footage.request', {
      auditType: type,
      record: 'refusals',
      cameras: () => ({ permission: 'camera.list', ids: idsOf(ask, 'live') }),
      check: async () => assertFits(ask, now),
    });
    const { agencyId, userId } = user;
    const id = newId();
    const { incidentId, caseNumber, window } = ask;
    const act = {
      type,
      target: { kind: 'footageRequest', id },
      details: { incidentId, caseNumber, window, place: ask.place, sources: ask.sources, deadline: ask.deadline },
    } as const;
    const { notAsked, mailed } = await access.commit(user, act, async (tx) => {
      if (incidentId !== null) {
        const incident = await lockIncident(tx, agencyId, incidentId);
        if (incident === null) throw new CodedError('notFound');
        if (incident.closedAt !== null) throw new CodedError('incidentClosed');
      }
      if ((await countSent(tx, userId, new Date(now.getTime() - dayMs))) >= mostFootageRequestsADay) {
        throw new CodedError('tooManyRequests', 'You have sent as many requests as a day allows. Wait until tomorrow.');
      }
      const found = await findContacts(tx, agencyId, ask, now);
      if (found.contacts.length === 0) {
        throw new CodedError(
          'conflict',
          'None of these can be asked: they were asked too often, or cannot be reached.',
        );
      }
      const caseId = newId();
      const of = await findOrMakeCase(tx, {
        id: caseId,
        agencyId,
        incidentId,
        caseNumber,
        wrappedKey: keys.makeWrappedKey(caseId),
        createdAt: now,
      });
      const deadline = new Date(ask.deadline);
      const recipients = found.contacts.map(({ emailHash, siteId, language, overwrittenAt }) => ({
        id: newId(),
        agencyId,
        requestId: id,
        emailHash,
        siteId,
        language,
        state: 'sent' as const,
        createdAt: now,
        deadline,
        overwrittenAt,
        remindAt: remindAtOf({ overwrittenAt, deadline, now }),
      }));
      await insertRequest(tx, {
        request: {
          id,
          agencyId,
          caseId: of.id,
          createdBy: userId,
          createdAt: now,
          windowFrom: new Date(window.from),
          windowTo: new Date(window.to),
          shape: ask.shape,
          place: ask.place,
          deadline,
          text: ask.text,
        },
        recipients,
        sources: found.contacts.flatMap(({ sources }, at) =>
          sources.map((source) => ({ ...source, recipientId: recipients[at]?.id ?? '' })),
        ),
      });
      return { notAsked: found.notAsked, mailed: recipients.filter(({ emailHash }) => emailHash !== null) };
    });
    for (const recipient of mailed) background.later(() => mails.sendRequest(recipient.id, new Date()));
    return { request: await this.#read(user, id), notAsked };
  }

  async list(actor: Actor): Promise<FootageRequest[]> {
    const { db, access } = this.#parts;
    const { user } = await access.requireAccess(actor, 'footage.read', { auditType: 'footage.listed' });
    return this.#toWire(await listReadable(db, user));
  }

  /** Lets a colleague read a request that one reads oneself. */
  async addPerson(actor: Actor, requestId: string, email: string): Promise<FootageRequest> {
    const { db, access } = this.#parts;
    const type = 'footage.personAdded';
    const target = { kind: 'footageRequest' as const, id: requestId };
    const { user, checked: colleague } = await access.requireAccess(actor, 'footage.request', {
      auditType: type,
      record: 'refusals',
      target: { ...target, find: async () => this.#findFor(actor, requestId) },
      check: async ({ agencyId }) => {
        const found = await findColleague(db, agencyId, email);
        if (found === null) throw new CodedError('notFound', 'Nobody here has an account with this address.');
        return found;
      },
    });
    await access.commit(user, { type, target, details: { userId: colleague.id } }, (tx) =>
      insertPerson(tx, {
        requestId,
        agencyId: user.agencyId,
        userId: colleague.id,
        addedBy: user.userId,
        addedAt: new Date(),
      }),
    );
    return this.#read(user, requestId);
  }

  /** The line is committed before the first byte. */
  async download(actor: Actor, fileId: string): Promise<RawAnswer> {
    const { db, access, keys, folder } = this.#parts;
    const { found } = await access.requireAccess(actor, 'footage.read', {
      auditType: 'footage.downloaded',
      target: {
        kind: 'footageFile',
        id: fileId,
        find: async () => (actor.kind === 'user' ? findReadableFile(db, actor, fileId) : null),
      },
      describe: (_, { file }) => ({ details: { bytes: file.sizeBytes, sha256: file.sha256 } }),
    });
    const { file, of } = found;
    return {
      contentType: 'application/octet-stream',
      body: folder.open(of, file.id).read(file, { isWhole: true }),
      bytes: file.sizeBytes,
      cache: 'never',
      fileName: keys.openName(of, file.id, file.name),
    };
  }

  async #findFor(actor: Actor, id: string): Promise<{ agencyId: string } | null> {
    const found = actor.kind === 'user' ? await findReadable(this.#parts.db, actor, id) : null;
    return found === null ? null : { agencyId: found.request.agencyId };
  }

  async #read(user: UserActor, id: string): Promise<FootageRequest> {
    const found = await findReadable(this.#parts.db, user, id);
    const [request] = found === null ? [] : await this.#toWire([found]);
    if (request === undefined) throw new CodedError('notFound');
    return request;
  }

  async #toWire(found: readonly SentRequest[]): Promise<FootageRequest[]> {
    if (found.length === 0) return [];
    const { db, keys } = this.#parts;
    const ids = found.map(({ request }) => request.id);
    const recipients = await listRecipients(db, ids);
    const recipientIds = recipients.map(({ id }) => id);
    const cameras = await listAskedCameras(db, recipientIds);
    const files = await listFiles(db, recipientIds);
    const people = await listPeople(db, ids);
    return found.map((each) =>
      toRequest(keys, each, {
        people: people.get(each.request.id) ?? [],
        recipients: recipients.filter(({ requestId }) => requestId === each.request.id),
        cameras,
        files,
      }),
    );
  }
}

function assertFits({ window, deadline }: FootageAsk, now: Date): void {
  if (Date.parse(window.from) > now.getTime()) {
    throw new CodedError('badRequest', 'window.from: a moment that is not in the future.');
  }
  const aheadMs = Date.parse(deadline) - now.getTime();
  // A little less than the hour, for the time that the form takes to arrive.
  if (aheadMs < shortestFootageHours * hourMs * 0.9 || aheadMs > longestFootageDays * dayMs) {
    throw new CodedError(
      'badRequest',
      `deadline: at least ${shortestFootageHours} hour and at most ${longestFootageDays} days ahead.`,
    );
  }
}

/** One contact for each mail address and site, without those that have been asked too often. */
async function findContacts(
  tx: Db,
  agencyId: string,
  ask: FootageAsk,
  now: Date,
): Promise<{ contacts: Contact[]; notAsked: NotAsked[] }> {
  const registered = await lockRegistrations(tx, agencyId, idsOf(ask, 'registered'));
  const owned = await lockOwnedCameras(tx, agencyId, idsOf(ask, 'live'));
  if (registered.length !== idsOf(ask, 'registered').length || owned.length !== idsOf(ask, 'live').length) {
    throw new CodedError('notFound', 'One of these cameras is not there any more. Search again.');
  }
  const notAsked: NotAsked[] = [];
  const byContact = new Map<string, Contact>();
  for (const row of registered) {
    const { id, emailHash, language } = row;
    if (emailHash === null || language === null || !isFindable(row, now)) {
      notAsked.push({ id, why: 'notReachable' });
      continue;
    }
    const contact = byContact.get(emailHash) ?? { emailHash, siteId: null, language, sources: [], overwrittenAt: null };
    contact.sources.push({ id: newId(), registrationId: id, cameraId: null });
    contact.overwrittenAt = earlier(contact.overwrittenAt, overwrittenAtOf(row, ask.window, now));
    byContact.set(emailHash, contact);
  }
  for (const { id, siteId, isReachable } of owned) {
    if (!isReachable) {
      notAsked.push({ id, why: 'notReachable' });
      continue;
    }
    const made = { emailHash: null, siteId, language: 'en' as const, sources: [], overwrittenAt: null };
    const contact: Contact = byContact.get(siteId) ?? made;
    contact.sources.push({ id: newId(), registrationId: null, cameraId: id });
    byContact.set(siteId, contact);
  }
  const contacts: Contact[] = [];
  const since = new Date(now.getTime() - dayMs);
  for (const contact of byContact.values()) {
    if ((await countAsked(tx, { agencyId, ...contact }, since)) < mostRequestsToOneADay) {
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
function idsOf({ sources }: FootageAsk, kind: FootageSource['kind']): string[] {
  return [...new Set(sources.filter((source) => source.kind === kind).map(({ id }) => id))];
}

function isFindable({ state, pausedUntil }: RegistrationRow, now: Date): boolean {
  return state === 'active' || (state === 'paused' && pausedUntil !== null && pausedUntil <= now);
}

/** When the first of the window goes; null when it may be gone already. */
function overwrittenAtOf({ retentionDays, clockOffsetSeconds }: RegistrationRow, window: SearchWindow, now: Date) {
  if (retentionDays === null || clockOffsetSeconds === null) return null;
  const { firstGoneMs } = overwritingMomentsOf({ retentionDays, clockOffsetSeconds }, window);
  return firstGoneMs <= now.getTime() ? null : new Date(firstGoneMs);
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
