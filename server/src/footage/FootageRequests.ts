import {
  type FootageAsk,
  type FootageNotAsked,
  type FootagePreview,
  type FootageRequest,
  longestFootageDays,
  mostFootageRequestsADay,
  mostListedFootageRequests,
  shortestFootageHours,
} from '@commonsight/types/footage';
import { registrantLanguageSchema } from '@commonsight/types/registration';
import type { RawAnswer } from '@commonsight/types/http/route';
import type { Access } from '../access/Access.ts';
import type { Actor, UserActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { findIncident, lockIncident } from '../incidents/incidentRepository.ts';
import type { Background } from '../mail/Background.ts';
import type { PushMessages } from '../push/PushMessages.ts';
import { raiseCanaryFinding } from '../registry/raiseCanaryFinding.ts';
import { findRegistryAgency } from '../registry/registrationRepository.ts';
import { listFiles } from './fileRepository.ts';
import { type Contact, findContacts, idsOf } from './findContacts.ts';
import type { FootageFolder } from './FootageFolder.ts';
import type { FootageKeys } from './FootageKeys.ts';
import type { FootageMails } from './FootageMails.ts';
import {
  countSent,
  findColleague,
  findOrMakeCase,
  findReadable,
  findReadableFile,
  insertPerson,
  insertRequest,
  listAskedCameras,
  listPeople,
  listReadable,
  listRecipients,
  type SentRequest,
} from './footageRepository.ts';
import { remindAtOf } from './remindAtOf.ts';
import { toRequest } from './toWire.ts';
import { writeFootageMail } from './writeFootageMail.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** The page asks every half minute; a line for each of them would drown the log. */
const listLineEveryMs = hourMs;

export interface FootageParts {
  db: Db;
  audit: Audit;
  access: Access;
  keys: FootageKeys;
  folder: FootageFolder;
  mails: FootageMails;
  push: Pick<PushMessages, 'footageAsked'>;
  background: Pick<Background, 'later'>;
}

/** What investigators do: ask for footage, see how it stands, and download what came. */
export class FootageRequests {
  readonly #parts: FootageParts;
  /** When each user's reading of the list was written down last. */
  readonly #listedAtMs = new Map<string, number>();

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
        timeZone: ask.timeZone,
        text: ask.text,
        overwritten: null,
        // In the place of each contact's own.
        link: '…',
      }),
    }));
  }

  /**
   * The line, the request and its contacts are one commit; the mails follow. When one of these is a canary a finding is raised
   * before the answer.
   */
  async create(actor: Actor, ask: FootageAsk): Promise<{ request: FootageRequest; notAsked: FootageNotAsked[] }> {
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
    const { notAsked, contacts, mailed } = await access.commit(user, act, async (tx) => {
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
          'None of these can be asked: they were asked too often, cannot be reached, or are off by their owner’s word.',
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
          timeZone: ask.timeZone,
          text: ask.text,
        },
        recipients,
        sources: found.contacts.flatMap(({ sources }, at) =>
          sources.map((source) => ({ ...source, recipientId: recipients[at]?.id ?? '' })),
        ),
      });
      return { ...found, mailed: recipients.filter(({ emailHash }) => emailHash !== null) };
    });
    await this.#raiseFinding(user, id, contacts);
    for (const recipient of mailed) background.later(() => mails.sendRequest(recipient.id, new Date()));
    background.later(() => this.#tellOwners(agencyId, id, new Date(ask.deadline)));
    return { request: await this.#read(user, id), notAsked };
  }

  async list(actor: Actor, before: string | null): Promise<{ requests: FootageRequest[]; hasMore: boolean }> {
    const { db, access } = this.#parts;
    const nowMs = Date.now();
    const listedAtMs = actor.kind === 'user' ? (this.#listedAtMs.get(actor.userId) ?? 0) : 0;
    const isNoted = nowMs - listedAtMs < listLineEveryMs;
    const { user } = await access.requireAccess(actor, 'footage.read', {
      auditType: 'footage.listed',
      record: isNoted ? 'refusals' : 'act',
    });
    if (!isNoted) this.#listedAtMs.set(user.userId, nowMs);
    const found = await listReadable(db, user, { before, limit: mostListedFootageRequests + 1 });
    return {
      requests: await this.#toWire(found.slice(0, mostListedFootageRequests)),
      hasMore: found.length > mostListedFootageRequests,
    };
  }

  /** Lets a colleague read a request that one reads oneself; `conflict` for who reads it already. */
  async addPerson(actor: Actor, requestId: string, email: string): Promise<FootageRequest> {
    const { db, access } = this.#parts;
    const type = 'footage.personAdded';
    const target = { kind: 'footageRequest' as const, id: requestId };
    const { user, checked: colleague } = await access.requireAccess(actor, 'footage.request', {
      auditType: type,
      record: 'refusals',
      target: { ...target, find: async () => this.#findFor(actor, requestId) },
      check: async ({ agencyId }, { createdBy }) => {
        const found = await findColleague(db, agencyId, email);
        if (found === null) throw new CodedError('notFound', 'Nobody here has an account with this address.');
        if (found.id === createdBy) throw new CodedError('conflict', readsAlready);
        return found;
      },
    });
    await access.commit(user, { type, target, details: { userId: colleague.id } }, async (tx) => {
      const { agencyId, userId } = user;
      const row = { requestId, agencyId, userId: colleague.id, addedBy: userId, addedAt: new Date() };
      if (!(await insertPerson(tx, row))) throw new CodedError('conflict', readsAlready);
    });
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
      fileName: keys.namesOf(of).open(file.id, file.name),
    };
  }

  /** Owners get no mail; their browsers hear that something is on their page. */
  async #tellOwners(agencyId: string, id: string, deadline: Date): Promise<void> {
    const asked = (await listRecipients(this.#parts.db, [id])).flatMap(({ siteId }) => siteId ?? []);
    await this.#parts.push.footageAsked(agencyId, asked, deadline);
  }

  /** Nobody answers for a canary: who asks for its footage has asked without knowing of anybody. */
  async #raiseFinding(user: UserActor, requestId: string, contacts: readonly Contact[]): Promise<void> {
    if (!contacts.some(({ isCanary }) => isCanary)) return;
    await raiseCanaryFinding(this.#parts, {
      user,
      type: 'footage.requested',
      // Of the request: which of its cameras nobody has is said nowhere.
      target: { kind: 'footageRequest', id: requestId },
      note: 'Footage of a canary was asked for. Nobody has this camera: ask why it was needed.',
    });
  }

  async #findFor(actor: Actor, id: string): Promise<{ agencyId: string; createdBy: string } | null> {
    const found = actor.kind === 'user' ? await findReadable(this.#parts.db, actor, id) : null;
    return found?.request ?? null;
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
    const cameras = Map.groupBy(await listAskedCameras(db, recipientIds), ({ recipientId }) => recipientId);
    const files = Map.groupBy(await listFiles(db, recipientIds), ({ recipientId }) => recipientId);
    const people = await listPeople(db, ids);
    const byRequest = Map.groupBy(recipients, ({ requestId }) => requestId);
    return found.map((each) =>
      toRequest(keys, each, {
        people: people.get(each.request.id) ?? [],
        recipients: byRequest.get(each.request.id) ?? [],
        cameras,
        files,
      }),
    );
  }
}

const readsAlready = 'This colleague reads the request already.';

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
