import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { routes } from '@commonsight/types/http/routes';
import type { RouteBody } from '@commonsight/types/http/route';
import { ApiUser } from '../../../support/ApiUser.ts';
import { inviteAnalyst } from '../../../support/inviteAnalyst.ts';
import { RawViewer } from '../../../support/RawViewer.ts';
import { checkoutFolder } from '../../../training/folders.ts';
import type { RunningStack } from '../../../training/startStack.ts';
import type { AuditDatabase } from '../AuditDatabase.ts';
import type { PacketCapture } from '../PacketCapture.ts';

type Purpose = NonNullable<RouteBody<typeof routes.requestGrant>['purpose']>;

/** A session with what its user is called. */
export interface SignedIn {
  api: ApiUser;
  userId: string;
  sessionId: string;
}

/** Somebody who looks at one camera, and by which grant. */
export interface Watching extends SignedIn {
  viewer: RawViewer;
  cameraId: string;
  incidentId: string;
  grantId: string;
  /** In milliseconds. */
  grantEndsAtMs: number;
}

export interface WatchWish {
  by: SignedIn;
  cameraId?: string;
  purpose?: Purpose;
  /** The grant ends so long after its beginning, instead of when the policy pack says. */
  endsInMs?: number;
  /** Left out: what it looks at has come. */
  waitsForPackets?: boolean;
}

const position = { latitude: 43.03, longitude: -87.9 };

/** The people of a training city whose records are in a database that can be reached into, and who looks at what. */
export class RevocationStage {
  readonly stack: RunningStack;
  readonly database: AuditDatabase;
  readonly capture: PacketCapture;
  readonly supervisor: SignedIn;
  readonly administrator: SignedIn;
  readonly #dispatcher: SignedIn;
  readonly #viewers: RawViewer[] = [];
  #nextCamera = 0;
  #nextPack = 0;
  #policyTurn: Promise<unknown> = Promise.resolve();
  #signInTurn: Promise<unknown> = Promise.resolve();

  private constructor(
    parts: { stack: RunningStack; database: AuditDatabase; capture: PacketCapture },
    people: { dispatcher: SignedIn; supervisor: SignedIn; administrator: SignedIn },
  ) {
    this.stack = parts.stack;
    this.database = parts.database;
    this.capture = parts.capture;
    this.supervisor = people.supervisor;
    this.administrator = people.administrator;
    this.#dispatcher = people.dispatcher;
  }

  static async open(parts: {
    stack: RunningStack;
    database: AuditDatabase;
    capture: PacketCapture;
  }): Promise<RevocationStage> {
    const signIn = (role: string) => signInAs(parts.stack, role);
    return new RevocationStage(parts, {
      dispatcher: await signIn('dispatcher'),
      supervisor: await signIn('supervisor'),
      administrator: await signIn('administrator'),
    });
  }

  /** A new session of the city's analyst. One after the other: many tries at the same time look like guessing. */
  analyst(): Promise<SignedIn> {
    const turn = this.#signInTurn.then(() => signInAs(this.stack, 'analyst'));
    this.#signInTurn = turn.catch(() => undefined);
    return turn;
  }

  /** A session of an analyst whom nobody knew before. */
  async newcomer(): Promise<SignedIn> {
    const user = await inviteAnalyst(this.administrator.api);
    return describe(await ApiUser.signIn(this.stack.url, user));
  }

  /** Asks for a grant for an incident of its own, and looks. */
  async watch({
    by,
    cameraId = this.#anyCamera(),
    purpose = 'emergencyResponse',
    ...rest
  }: WatchWish): Promise<Watching> {
    const { id: incidentId } = await this.#dispatcher.api.call(routes.createIncident, {
      body: { title: 'Glass broken', priority: 2, position },
    });
    const grant = await by.api.call(routes.requestGrant, { body: { incidentId, purpose, cameraIds: [cameraId] } });
    let grantEndsAtMs = Date.parse(grant.endsAt);
    if (rest.endsInMs !== undefined) {
      grantEndsAtMs = Date.now() + rest.endsInMs;
      const endsAt = new Date(grantEndsAtMs).toISOString();
      await this.database.sql('update grants set ends_at = $1 where id = $2', endsAt, grant.id);
    }
    const viewer = await RawViewer.open(this.stack.url, by.api, {
      items: [{ cameraId, stream: 'sub', incidentId }],
      waitsForPackets: rest.waitsForPackets ?? true,
    });
    this.#viewers.push(viewer);
    return { ...by, viewer, cameraId, incidentId, grantId: grant.id, grantEndsAtMs };
  }

  async closeIncident(id: string): Promise<void> {
    await this.#dispatcher.api.call(routes.closeIncident, { params: { id }, body: { disposition: 'resolved' } });
  }

  /** Makes a pack without the purpose the agency's, and then the one from before again. Answers when the first was asked for. */
  withdrawPurpose(purpose: Purpose): Promise<number> {
    const turn = this.#policyTurn.then(async () => {
      const text = await readFile(join(checkoutFolder, 'server/policies/reference-city.yaml'), 'utf8');
      const sections = new RegExp(String.raw`^  ${purpose}:\n(?:    .*\n|\n)+`, 'm');
      // A pack lets nobody break the glass for a purpose that it does not name.
      const inList = new RegExp(String.raw`(?<=^  purposes: \[.*)\b${purpose}(?:, )?`, 'm');
      const withdraw = await this.#propose(text.replace(sections, '').replace(inList, ''));
      const askedAtMs = Date.now();
      await withdraw();
      await (
        await this.#propose(text)
      )();
      return askedAtMs;
    });
    this.#policyTurn = turn.catch(() => undefined);
    return turn;
  }

  /** Revokes the only relay; answers when that was asked for. */
  async revokeRelay(): Promise<number> {
    const { api } = this.administrator;
    const { sites } = await api.call(routes.listSites);
    const [relay] = sites.flatMap(({ relays }) => relays).filter(({ revokedAt }) => revokedAt === null);
    if (relay === undefined) throw new Error('The training city has no relay.');
    const askedAtMs = Date.now();
    await api.call(routes.revokeRelay, { params: { id: relay.id } });
    return askedAtMs;
  }

  /** Closes what looks. */
  leave(): void {
    for (const viewer of this.#viewers.splice(0)) viewer.close();
  }

  async #propose(text: string): Promise<() => Promise<void>> {
    this.#nextPack += 1;
    const { id } = await this.administrator.api.call(routes.proposePolicy, {
      body: { text: `# ${this.#nextPack}\n${text}` },
    });
    return async () => void (await this.supervisor.api.call(routes.approvePolicy, { params: { id } }));
  }

  #anyCamera(): string {
    const { cameras } = this.stack.training;
    const camera = cameras[this.#nextCamera % cameras.length];
    this.#nextCamera += 1;
    if (camera === undefined) throw new Error('The training city has no camera.');
    return camera.id;
  }
}

async function signInAs({ url, users }: RunningStack, role: string): Promise<SignedIn> {
  const user = users.find((one) => one.role === role);
  if (user === undefined) throw new Error(`The training city has no ${role}.`);
  return describe(await ApiUser.signIn(url, user));
}

async function describe(api: ApiUser): Promise<SignedIn> {
  const { user, session } = await api.call(routes.me);
  return { api, userId: user.id, sessionId: session.id };
}
