import type { AuditType } from '@commonsight/types/audit-event';
import type { Role } from '@commonsight/types/permission';
import type { UserActor } from '../../access/Actor.ts';
import { Audit } from '../../audit/Audit.ts';
import type { NoticeMap } from '../../notices.ts';
import { approvalPolicy } from '../../testing/approvalPolicy.ts';
import { type TestClient, type TestServer, createTestServer } from '../../testing/createTestServer.ts';
import { seedTestCamera, seedTestIncident, seedTestSite } from '../../testing/seed.ts';

/** A server whose pack asks a supervisor for `missingPerson`, with the people whom that is about. */
export class GrantStage {
  readonly server: TestServer;
  readonly requestNotices: NoticeMap['grantRequestChanged'][] = [];
  readonly useNotices: NoticeMap['breakGlassChanged'][] = [];
  readonly #clients = new Map<Role, TestClient>();
  #siteId = '';

  private constructor(server: TestServer) {
    this.server = server;
  }

  static async create(policyText = approvalPolicy): Promise<GrantStage> {
    const stage = new GrantStage(await createTestServer({}, { policyText }));
    const { server, services } = stage.server;
    server.notices.on('grantRequestChanged', (notice) => void stage.requestNotices.push(notice));
    server.notices.on('breakGlassChanged', (notice) => void stage.useNotices.push(notice));
    stage.#siteId = await seedTestSite(stage.db, stage.agencyId);
    await services.policies.current(stage.agencyId);
    for (const role of ['analyst', 'dispatcher', 'supervisor', 'administrator'] as const) {
      stage.#clients.set(role, await stage.server.signIn(role));
    }
    return stage;
  }

  get db() {
    return this.server.database.db;
  }

  get agencyId(): string {
    return this.server.agencyId;
  }

  /** The same person each time. */
  as(role: 'analyst' | 'dispatcher' | 'supervisor' | 'administrator'): TestClient {
    const client = this.#clients.get(role);
    if (client === undefined) throw new Error(`Nobody signed in as ${role}.`);
    return client;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  incident(): Promise<string> {
    return seedTestIncident(this.db, { agencyId: this.agencyId });
  }

  async camera(): Promise<string> {
    return (await seedTestCamera(this.db, { agencyId: this.agencyId, siteId: this.#siteId })).id;
  }

  /** A wish for a new camera under a new incident. */
  async wish() {
    return { incidentId: await this.incident(), purpose: 'missingPerson', cameraIds: [await this.camera()] };
  }

  async request(client: TestClient, changes: object = {}) {
    const wish = { ...(await this.wish()), note: 'Case 7', ...changes };
    return { wish, ...(await client.call('POST', '/api/grant-requests', wish)) };
  }

  decide(client: TestClient, id: unknown, act: 'approve' | 'deny', note: string | null = null) {
    return client.call('POST', `/api/grant-requests/${String(id)}/${act}`, { note });
  }

  /** The lines of the type about this, newest first. */
  async lines(type: AuditType, about: string, outcome: 'done' | 'refused' = 'done') {
    const lines = await new Audit(this.db).list(this.agencyId, { type, outcome, limit: 200 });
    return lines.filter((line) => line.targetId === about || line.grantId === about);
  }
}

export function userIdOf(client: TestClient): string {
  return (client.actor as UserActor).userId;
}
