import type { OwnerAlert } from '@commonsight/types/alert';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { ownerRelaySchema } from '@commonsight/types/owner';
import { type AlertAct, alertSignatureContext, type AlertState } from '@commonsight/types/relay/alert';
import type { SharingDocument, SharingState } from '@commonsight/types/relay/sharing';
import { canonicalBytes } from 'commonsight-verify/entry';
import { z } from 'zod';
import { ledgerLinks } from '../../db/schema.ts';
import { newId } from '../../ids.ts';
import { hashOfSecret } from '../../secrets.ts';
import { Stage } from '../../signaling/testing/Stage.ts';
import type { TestBrowser } from '../../signaling/testing/TestBrowser.ts';
import { OwnerKeys } from '../../testing/OwnerKeys.ts';
import { seedTestUser } from '../../testing/seed.ts';

const secret = 's'.repeat(43);
const [owner, stranger] = [new OwnerKeys(), new OwnerKeys()];

/** A stage whose first camera is shared on alert, whose second is not shared, and whose owner holds a key and a link. */
export class AlertStage {
  readonly stage: Stage;
  /** The alert that `alertOf` is about, when nothing else is said. */
  readonly id = newId();

  static async create(): Promise<AlertStage> {
    const stage = await Stage.create();
    await stage.connectMedia();
    const { agencyId, siteId } = stage;
    const { userId: createdBy } = await seedTestUser(stage.db, { agencyId, role: 'administrator' });
    const link = { id: newId(), agencyId, siteId, secretHash: hashOfSecret(secret), createdBy, createdAt: new Date() };
    await stage.db.insert(ledgerLinks).values(link);
    const alertStage = new AlertStage(stage);
    await alertStage.share();
    return alertStage;
  }

  private constructor(stage: Stage) {
    this.stage = stage;
  }

  get relayId(): string {
    return this.stage.relay.relayId;
  }

  /** The relay tells what its owner shares; a note stands in a document that is in force. */
  async share(note?: string): Promise<void> {
    const [first, second] = this.stage.cameras;
    const told: SharingState = {
      state: 'paired',
      ownerKeys: [owner.publicKey],
      inForce: note === undefined ? null : { signed: this.#document(note), receipt: 'cmVjZWlwdA' },
      modes: { [first?.id ?? '']: 'onAlert', [second?.id ?? '']: 'off' },
      others: 'always',
      awaitingOwner: [],
    };
    await this.stage.relay.ask('sharing:tell', told);
  }

  alertOf(changed: Partial<AlertState> = {}): AlertState {
    const { id } = this;
    const shared = { id, isTest: false, trigger: 'owner', stage: 'sharing', leftMs: 60_000, sharedMs: 1_000 } as const;
    return { ...shared, mayExtend: false, end: null, endedMsAgo: null, ...changed };
  }

  endedOf(changed: Partial<AlertState> = {}): AlertState {
    return this.alertOf({ stage: 'ended', end: 'time', leftMs: 0, endedMsAgo: 0, ...changed });
  }

  tell(alert: AlertState | null): Promise<unknown> {
    return this.stage.relay.ask('alert:tell', { alert });
  }

  /** Calls with the owner's link. */
  async call(method: 'GET' | 'POST', path: string, body?: unknown) {
    const { url } = this.stage;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        [ledgerSecretHeader]: secret,
        ...(body === undefined ? {} : { 'content-type': 'application/json', origin: url }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
  }

  /** The alert on the owner's page. */
  async ownerAlert(): Promise<OwnerAlert | null> {
    const { body } = await this.call('GET', '/api/owner/relay');
    return ownerRelaySchema.parse(body['relay']).alert;
  }

  signed(act: AlertAct, by: 'owner' | 'stranger' = 'owner') {
    const { relayId } = this;
    return this.seal({ format: 'commonsight-alert-1', relayId, challenge: 'c'.repeat(43), act }, by);
  }

  /** Signs any value as an order about an alert. */
  seal(order: unknown, by: 'owner' | 'stranger' = 'owner') {
    const { content, signature } = (by === 'owner' ? owner : stranger).sign(alertSignatureContext, order);
    return { order: content, signature };
  }

  order(act: AlertAct, by?: 'owner' | 'stranger') {
    return this.call('POST', '/api/owner/alert', { relayId: this.relayId, signed: this.signed(act, by) });
  }

  /** An operator's window that is told of alerts; nothing is granted to it. */
  async wall(): Promise<TestBrowser> {
    return (await this.stage.signIn('analyst')).connect();
  }

  close(): Promise<void> {
    return this.stage.close();
  }

  #document(note: string) {
    const document: SharingDocument = {
      format: 'commonsight-sharing-1',
      relayId: this.relayId,
      version: 1,
      issuedAt: '2026-01-05T10:00:00.000Z',
      timeZone: 'America/Chicago',
      default: { mode: 'onAlert', schedule: [], dates: [] },
      cameras: {},
      alert: { seconds: 600, mostSeconds: 600, note },
    };
    // The server reads what the relay has judged.
    return { document: Buffer.from(canonicalBytes(document)).toString('base64url'), signature: 'c2ln' };
  }
}
