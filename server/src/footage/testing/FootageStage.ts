import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { Agent, type ClientRequest, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type FootageRequest, footageRequestSchema, footageSessionHeader } from '@commonsight/types/footage';
import { eq } from 'drizzle-orm';
import { Audit } from '../../audit/Audit.ts';
import { auditEvents } from '../../db/schema.ts';
import { newId } from '../../ids.ts';
import { seedTestRegistration } from '../../registry/testing/seedTestRegistration.ts';
import { createTestServer, type TestClient, type TestServer } from '../../testing/createTestServer.ts';
import { testPosition } from '../../testing/seed.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const tus = { 'tus-resumable': '1.0.0' };

/** What a link has opened, as the header that says so. */
type Session = Record<string, string>;

export const later = (ms: number): string => new Date(Date.now() + ms).toISOString();
export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
export const secretIn = (mail: string): string => /#([\w-]{43})/.exec(mail)?.[1] ?? '';

/** A listening server with requests for footage: who asks, the mails, who answers and uploads. */
export class FootageStage {
  readonly server: TestServer;
  readonly origin: string;
  /** Beside the server's own: for parts that a test puts together by itself. */
  readonly audit: Audit;
  /** Who asks. */
  analyst: TestClient;

  private constructor(server: TestServer, origin: string, analyst: TestClient) {
    this.server = server;
    this.origin = origin;
    this.audit = new Audit(server.database.db);
    this.analyst = analyst;
  }

  static async create(): Promise<FootageStage> {
    const server = await createTestServer();
    await server.server.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = server.server.app.server.address() as AddressInfo;
    return new FootageStage(server, `http://127.0.0.1:${port}`, await server.signIn('analyst'));
  }

  close(): Promise<void> {
    return this.server.close();
  }

  get db() {
    return this.server.database.db;
  }

  get services() {
    return this.server.services.footage;
  }

  /** A day's requests of its own. */
  async changeAnalyst(): Promise<void> {
    this.analyst = await this.server.signIn('analyst');
  }

  register(of: Partial<Parameters<typeof seedTestRegistration>[1]> = {}): Promise<string> {
    return seedTestRegistration(this.db, {
      agencyId: this.server.agencyId,
      keys: this.server.services.registry.keys,
      // A contact of its own, so that no test spends another's.
      emailHash: newId(),
      ...of,
    });
  }

  askFor(ids: readonly string[], asked: object = {}) {
    return {
      sources: ids.map((id) => ({ kind: 'registered', id })),
      incidentId: null,
      caseNumber: '26-100',
      window: { from: later(-3 * hourMs), to: later(-2 * hourMs) },
      shape: { kind: 'point', point: testPosition, radiusMetres: 100 },
      place: 'Corner of Test and Main',
      deadline: later(5 * dayMs),
      timeZone: 'America/Chicago',
      text: 'A red van passed.',
      ...asked,
    };
  }

  send(body: object, client = this.analyst) {
    return client.call('POST', '/api/footage-requests', body);
  }

  /** A request that went out, mails included. */
  async sent(ids: readonly string[], asked: object = {}, client = this.analyst): Promise<FootageRequest> {
    const answer = await this.send(this.askFor(ids, asked), client);
    if (answer.status !== 200) throw new Error(`The request was not sent: ${JSON.stringify(answer.body)}`);
    await this.server.services.registry.mails.settled();
    return footageRequestSchema.parse(answer.body['request']);
  }

  async list(client = this.analyst): Promise<FootageRequest[]> {
    const answer = await client.call('GET', '/api/footage-requests');
    return (answer.body['requests'] as unknown[]).map((each) => footageRequestSchema.parse(each));
  }

  /** How it stands with the request's one contact. */
  async stateOf(requestId: string, client = this.analyst) {
    const [recipient] = (await this.list(client)).find(({ id }) => id === requestId)?.recipients ?? [];
    if (recipient === undefined) throw new Error('The request is not listed.');
    return recipient;
  }

  async mailsAbout(text: string): Promise<string[]> {
    const folder = join(this.server.config.dataDir, 'mails');
    const names = (await readdir(folder).catch(() => [])).toSorted((a, b) => a.localeCompare(b));
    const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return mails.filter((mail) => mail.includes(text));
  }

  openLink(secret: string) {
    return this.server.nobody.call('POST', '/api/registry/footage/links/open', { secret });
  }

  /** A request about one registration, with the session that its mail's link has opened. */
  async opened(asked: object = {}) {
    const registrationId = await this.register();
    const place = `Place ${newId()}`;
    const request = await this.sent([registrationId], { place, ...asked });
    const [mail = ''] = await this.mailsAbout(place);
    const answer = await this.openLink(secretIn(mail));
    const session: Session = { [footageSessionHeader]: String(answer.body['secret']) };
    return { registrationId, request, mail, session };
  }

  read(session: Session) {
    return this.server.nobody.call('GET', '/api/registry/footage/request', undefined, session);
  }

  answer(session: Session, answer: string) {
    return this.server.nobody.call('POST', '/api/registry/footage/answer', { answer }, session);
  }

  /** Begins an upload; its address is in the answer's `location`. */
  begin(session: Session, of: { bytes: number; name?: string; sha256?: string }): Promise<Response> {
    const inBase64 = (text: string) => Buffer.from(text).toString('base64');
    const metadata = `name ${inBase64(of.name ?? 'door.mp4')},sha256 ${inBase64(of.sha256 ?? '0'.repeat(64))}`;
    return fetch(`${this.origin}/api/registry/footage/uploads`, {
      method: 'POST',
      headers: { ...session, ...tus, 'upload-length': String(of.bytes), 'upload-metadata': metadata },
    });
  }

  /** The same, for a file that is going to be whole; gives its address. */
  async begun(session: Session, bytes: Buffer, name = 'door.mp4'): Promise<string> {
    const answer = await this.begin(session, { bytes: bytes.length, name, sha256: sha256Of(bytes) });
    if (answer.status !== 201) throw new Error(`The upload was not begun: ${await answer.text()}`);
    return answer.headers.get('location') ?? '';
  }

  patch(session: Session, path: string, offset: number, body: Buffer): Promise<Response> {
    return fetch(this.origin + path, {
      method: 'PATCH',
      headers: {
        ...session,
        ...tus,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      body: new Uint8Array(body),
    });
  }

  async upload(session: Session, bytes: Buffer, name = 'door.mp4'): Promise<Response> {
    return this.patch(session, await this.begun(session, bytes, name), 0, bytes);
  }

  async head(session: Session, path: string): Promise<Response> {
    return fetch(this.origin + path, { method: 'HEAD', headers: { ...session, ...tus } });
  }

  remove(session: Session, path: string): Promise<Response> {
    return fetch(this.origin + path, { method: 'DELETE', headers: { ...session, ...tus } });
  }

  async offsetOf(session: Session, path: string): Promise<number> {
    const answer = await this.head(session, path);
    if (answer.status !== 200) throw new Error(`The upload is not there: ${answer.status}`);
    return Number(answer.headers.get('upload-offset'));
  }

  /** Sends so much of a part and waits until it has left; the connection stays as it is. */
  async startPart(
    session: Session,
    path: string,
    part: { offset: number; body: Buffer; sendBytes: number },
  ): Promise<ClientRequest> {
    const going = httpRequest(this.origin + path, {
      method: 'PATCH',
      agent: new Agent({ keepAlive: false }),
      headers: {
        ...session,
        ...tus,
        'upload-offset': String(part.offset),
        'content-type': 'application/offset+octet-stream',
        'content-length': String(part.body.length),
      },
    });
    going.on('error', () => undefined);
    await new Promise<void>((resolve) => going.write(part.body.subarray(0, part.sendBytes), () => resolve()));
    return going;
  }

  linesAbout(targetId: string) {
    return this.db.select().from(auditEvents).where(eq(auditEvents.targetId, targetId)).orderBy(auditEvents.sequence);
  }

  async typesAbout(targetId: string): Promise<string[]> {
    const lines = await this.linesAbout(targetId);
    return lines.map(({ type, outcome }) => (outcome === 'done' ? type : `${type} refused`));
  }

  async storedFiles(): Promise<string[]> {
    const root = join(this.server.config.dataDir, 'footage');
    return (await readdir(root, { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.sealed'));
  }
}
