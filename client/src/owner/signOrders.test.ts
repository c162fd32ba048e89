import { footageOpeningContext, footageOpeningSchema } from '@commonsight/types/footage';
import { expect, test } from 'vitest';
import { fromBase64url } from '../encoding/base64url.ts';
import { isSignedByOwner, makeKeyPair, type OwnerKey } from './ownerKey.ts';
import { signFootageOpening } from './signOrders.ts';

const relayId = '01900000-0000-7000-8000-000000000001';
const recipientId = '01900000-0000-7000-8000-000000000002';

test('FTG2 an owner’s browser signs which request it opens, and when', async () => {
  const pair = await makeKeyPair();
  const key: OwnerKey = { relayId, ...pair, relayKey: pair.publicKey };
  const at = new Date('2026-01-05T10:00:00.000Z');
  const { opening, signature } = await signFootageOpening(key, recipientId, at);
  const bytes = fromBase64url(opening);
  expect(footageOpeningSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))).toEqual({
    format: 'commonsight-footage-opening-1',
    relayId,
    recipientId,
    at: at.toISOString(),
  });
  expect(await isSignedByOwner(key, footageOpeningContext, bytes, signature)).toBe(true);
});
