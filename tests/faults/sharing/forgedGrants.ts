import { generateKeyPairSync, sign } from 'node:crypto';
import { grantSignatureContext, type SignedGrant } from '@commonsight/types/relay/signed-grant';
import type { Random } from '../signalling/Random.ts';
import type { SharingStage } from './SharingStage.ts';

const otherServer = generateKeyPairSync('ed25519');

const hourMs = 3_600_000;
const at = (inMs: number): string => new Date(Date.now() + inMs).toISOString();

type Make = (stage: SharingStage, random: Random, cameras: { asked: string; other: string }) => SignedGrant;

/** Grants that give no right to the camera that is asked for. */
export const forgedGrants: Readonly<Record<string, Make>> = {
  'for another camera': ({ relay }, _, { other }) => relay.server.signGrant(other),
  'for another relay': ({ relay }, random, { asked }) => relay.server.signGrant(asked, { relayId: random.uuid() }),
  'for the id in capitals': ({ relay }, _, { asked }) => relay.server.signGrant(asked.toUpperCase()),
  'that has ended': ({ relay }, random, { asked }) =>
    relay.server.signGrant(asked, { startsAt: at(-2 * hourMs), endsAt: at(-random.int(1, hourMs)) }),
  'that has not begun': ({ relay }, random, { asked }) =>
    relay.server.signGrant(asked, { startsAt: at(random.int(120_000, hourMs)), endsAt: at(2 * hourMs) }),
  'for no purpose that there is': ({ relay }, _, { asked }) =>
    relay.server.signGrant(asked, { purpose: 'curiosity' as never }),
  'of another server': ({ relay }, _, { asked }) => {
    const { claims } = relay.server.signGrant(asked);
    const bytes = Buffer.concat([Buffer.from(grantSignatureContext), Buffer.from(claims, 'base64url')]);
    return { claims, signature: sign(null, bytes, otherServer.privateKey).toString('base64url') };
  },
  'with another one’s signature': ({ relay }, _, { asked, other }) => ({
    claims: relay.server.signGrant(asked).claims,
    signature: relay.server.signGrant(other).signature,
  }),
  'with a signature of random bytes': ({ relay }, random, { asked }) => ({
    claims: relay.server.signGrant(asked).claims,
    signature: random.bytes(random.pick([0, 1, 64, 100])).toString('base64url'),
  }),
};
