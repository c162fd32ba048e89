import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertReceiptText, type AlertState } from '@commonsight/types/relay/alert';
import { ownerProof, pairingCodeSchema, relayProof } from '@commonsight/types/relay/pairing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../errors.ts';
import { AlertStage } from './testing/AlertStage.ts';

const script = join(import.meta.dirname, '../../scripts/orderAlert.ts');
const code = 'ABCDE-12345-FGHJK-67890';
const device = generateKeyPairSync('ed25519');
const relayKey = device.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
let own: AlertStage;
let folder: string;

beforeEach(async () => {
  own = await AlertStage.create();
  folder = await mkdtemp(join(tmpdir(), 'commonsight-order-'));
  const { relay } = own.stage;
  relay.sharing['owner:pair'] = async ({ ownerKey, nonce, proof }) => {
    const transcript = { relayId: own.relayId, ownerKey, nonce };
    const known = pairingCodeSchema.parse(code);
    if (proof !== (await ownerProof(known, transcript))) throw new CodedError('codeNotAccepted');
    await relay.ask('sharing:tell', {
      state: 'paired',
      ownerKeys: [ownerKey],
      inForce: null,
      modes: {},
      others: 'off',
      awaitingOwner: [],
    });
    return { relayKey, proof: await relayProof(known, transcript, relayKey) };
  };
});
afterEach(async () => {
  await own.close();
  await rm(folder, { recursive: true, force: true });
});

/** The relay takes every order, and signs with this key. */
function relayTakes(alert: AlertState | null, signer = device.privateKey): void {
  own.stage.relay.sharing['alert:order'] = async ({ signed }) => {
    const text = alertReceiptText({ relayId: own.relayId, order: signed.order, alert });
    return { alert, receipt: sign(null, Buffer.from(text), signer).toString('base64url') };
  };
}

/** What the script prints, good or bad. */
function run(...args: string[]): Promise<{ isGood: boolean; printed: string }> {
  const env = {
    ...process.env,
    OWNER_LINK: `${own.stage.url}/owner#${'s'.repeat(43)}`,
    OWNER_KEY_FILE: join(folder, 'owner-key.json'),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
      resolve({ isGood: error === null, printed: `${stdout}${stderr}` }),
    );
  });
}

test('ALE4 a program of the owner’s own pairs and orders as the README says, and believes only what the relay has signed', async () => {
  expect(await run('pair', 'ABCDE-12345-FGHJK-67899')).toMatchObject({ isGood: false });
  expect(await run('pair', code.toLowerCase())).toMatchObject({
    isGood: true,
    printed: expect.stringContaining('Paired.'),
  });
  relayTakes(own.alertOf({ isTest: true, stage: 'arming', leftMs: 4_400, sharedMs: 0 }));
  expect(await run('test')).toEqual({ isGood: true, printed: 'Test: arming, 5 s left.\n' });
  relayTakes(null);
  expect(await run('end')).toEqual({ isGood: true, printed: 'No alert runs.\n' });
  relayTakes(null, generateKeyPairSync('ed25519').privateKey);
  expect(await run('end')).toMatchObject({ isGood: false, printed: expect.stringContaining('not signed this answer') });
});
