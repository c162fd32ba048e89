import {
  hashOfSharing,
  sharingReceiptText,
  type SharingDocument,
  type SignedSharing,
} from '@commonsight/types/relay/sharing';
import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64url } from '../encoding/base64url.ts';
import { baseOf } from './draft/Base.ts';
import { emptyDraft } from './draft/Draft.ts';
import { nextDocument } from './draft/nextDocument.ts';
import { doubtAbout } from './doubtAbout.ts';
import { makeKeyPair, type OwnerKey } from './ownerKey.ts';
import { signDocument } from './signOrders.ts';

const relayId = '019b8d3c-0000-7000-8000-000000000001';
const moment = '2026-11-28T00:00:00.000Z';
const triangle: [number, number][] = [
  [0, 0],
  [0.5, 0],
  [0.5, 0.5],
];
const masks = { [relayId]: { width: 640, height: 360, polygons: [triangle] } };
const zoned = { ...emptyDraft, timeZone: 'America/Chicago' };
const documentOf = (changed: Partial<SharingDocument>) => ({
  ...nextDocument({ id: relayId, sharing: null }, null, zoned, moment),
  ...changed,
});

let own: OwnerKey;
let other: OwnerKey;
let relayKeys: Awaited<ReturnType<typeof makeKeyPair>>;
let inForce: SignedSharing;

beforeEach(async () => {
  relayKeys = await makeKeyPair();
  const relayKey = relayKeys.publicKey;
  own = { relayId, relayKey, ...(await makeKeyPair()) };
  other = { relayId, relayKey, ...(await makeKeyPair()) };
  inForce = await signDocument(other, documentOf({ version: 5, masks }));
});

async function receiptOf({ document }: SignedSharing): Promise<string> {
  const text = new TextEncoder().encode(sharingReceiptText({ relayId, document }));
  const signature = await crypto.subtle.sign('Ed25519', relayKeys.privateKey, text);
  return toBase64url(new Uint8Array(signature));
}

/** What the server answers, whose word is the only one for the owner’s keys. */
async function answer(waiting?: SignedSharing, receipt?: string) {
  const shown = { signed: inForce, receipt: receipt ?? (await receiptOf(inForce)) };
  return {
    sharing: {
      state: 'paired' as const,
      ownerKeys: [own.publicKey, other.publicKey],
      inForce: shown,
      awaitingOwner: [],
    },
    waiting: waiting === undefined ? null : { version: 6, since: moment, signed: waiting },
  };
}
const doubt = async (relay: Awaited<ReturnType<typeof answer>>) => doubtAbout(own, relay, baseOf(relay));

describe('SHR9 an owner’s browser signs', () => {
  it('upon what the relay has confirmed, and upon its own change that waits', async () => {
    expect(await doubt(await answer())).toBeNull();
    expect(await doubtAbout(own, { sharing: null }, null)).toBeNull();
    const replaces = await hashOfSharing(inForce);
    const waiting = await signDocument(own, documentOf({ version: 6, replaces, masks }));
    expect(await doubt(await answer(waiting))).toBeNull();
  });

  it('nothing upon what the relay has not confirmed', async () => {
    const forged = await signDocument(other, documentOf({ version: 5 }));
    for (const receipt of [await receiptOf(forged), 'cmVjZWlwdA', '*']) {
      expect(await doubt(await answer(undefined, receipt))).toContain('has not confirmed');
    }
  });

  it('nothing upon a waiting document that a server made up or another device made', async () => {
    const replaces = await hashOfSharing(inForce);
    const lifted = documentOf({ version: 6, replaces });
    for (const signed of [
      await signDocument(other, lifted),
      { ...(await signDocument(own, documentOf({ version: 6, replaces, masks }))), ...(await unsigned(lifted)) },
      { ...(await signDocument(own, lifted)), signature: '' },
    ]) {
      expect(await doubt(await answer(signed))).toContain('not made in this browser');
    }
  });

  it('nothing upon its own change that rests on what is not in force any more', async () => {
    for (const replaces of [undefined, 'a'.repeat(64)]) {
      const document = documentOf({ version: 6, ...(replaces === undefined ? {} : { replaces }) });
      expect(await doubt(await answer(await signDocument(own, document)))).toContain('changed at the relay');
    }
  });
});

/** The document beside a signature that belongs to another one. */
async function unsigned(document: SharingDocument): Promise<Pick<SignedSharing, 'document'>> {
  return { document: (await signDocument(other, document)).document };
}
