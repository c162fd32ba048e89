import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { longestSharingDocument, type SharingDocument } from '@commonsight/types/relay/sharing';
import { readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';
import { judgeSharing } from '@commonsight/types/relay/judgeSharing';
import { signSharing } from './openSharing.ts';
import type { SharingCommand } from './parseSharingCommand.ts';
import { PairingCode } from './PairingCode.ts';
import { SharingFolder } from './SharingFolder.ts';

/**
 * Does what the owner asks at the relay's console, and gives the lines to print. By files alone: a relay that runs takes
 * them up by itself. Throws a sentence when it is refused.
 */
export async function runSharingCommand(command: SharingCommand, relayId: string): Promise<string[]> {
  const folder = new SharingFolder(command.folder, relayId);
  if (command.act === 'pair') return pair(folder, command.key);
  if (command.act === 'code') return showCode(folder);
  if (command.act === 'show') return show(folder);
  if (command.act === 'set') return set(folder, relayId, command);
  return importFile(folder, command.file);
}

async function importFile(folder: SharingFolder, file: string): Promise<string[]> {
  // Longer than any document in its envelope; it is not read into memory to find that out.
  if ((await stat(file)).size > longestSharingDocument + 1_000) throw new Error('The document is too large.');
  return accepted(await folder.accept(await readFile(file, 'utf8')));
}

async function showCode(folder: SharingFolder): Promise<string[]> {
  await folder.read();
  await folder.prepare();
  const { shown, expiresAt } = await new PairingCode(folder.path).make(Date.now());
  return [
    `Pairing code: ${shown}`,
    `Type it on the owner’s page. It is good for one try, until ${new Date(expiresAt).toLocaleTimeString('en-US', { hour12: false })}.`,
    'Tell it to nobody: whoever uses it decides what this relay shares.',
  ];
}

async function pair(folder: SharingFolder, key: string | undefined): Promise<string[]> {
  const lines = ['An owner is paired. From now on the relay shares only what a sharing document of the owner says.'];
  if (key !== undefined) {
    await folder.pair(key);
    return lines;
  }
  if ((await readPrivateFile(folder.ownerKeyPath)) !== undefined) {
    throw new Error(`There is an owner’s key already: ${folder.ownerKeyPath}`);
  }
  // A damaged folder is refused before a key is made for it.
  await folder.read();
  await folder.prepare();
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const text = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
  await writePrivateFile(folder.ownerKeyPath, `${text}\n`);
  await folder.pair(publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'));
  return [...lines, `The owner’s private key is in ${folder.ownerKeyPath}. Keep a copy of it in a safe place.`];
}

async function show(folder: SharingFolder): Promise<string[]> {
  const kept = await folder.read();
  if (kept.is === 'unpaired') return ['No owner is paired: every camera is shared always.'];
  const { document } = kept;
  if (document === null) return ['An owner is paired and has shared nothing yet.'];
  const nowMs = Date.now();
  return [
    `Version ${document.version} of ${document.issuedAt}, times of ${document.timeZone}`,
    ...Object.keys(document.cameras).map((id) => `${id}  ${judgeSharing(document, id, nowMs, null).sentence}`),
    `Every other camera  ${judgeSharing({ ...document, cameras: {} }, '', nowMs, null).sentence}`,
  ];
}

async function set(
  folder: SharingFolder,
  relayId: string,
  { cameraId, rule, timeZone }: Extract<SharingCommand, { act: 'set' }>,
): Promise<string[]> {
  const kept = await folder.read();
  const keyText = await readPrivateFile(folder.ownerKeyPath);
  if (kept.is === 'unpaired' || keyText === undefined) {
    throw new Error(
      'There is no owner’s private key at this relay. Run relay owner pair, or import a signed document.',
    );
  }
  const before = kept.document;
  const document: SharingDocument = {
    format: 'commonsight-sharing-1',
    relayId,
    version: (before?.version ?? 0) + 1,
    issuedAt: new Date().toISOString(),
    timeZone: timeZone ?? before?.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    default: cameraId === null ? rule : (before?.default ?? { mode: 'off', schedule: [], dates: [] }),
    cameras: cameraId === null ? {} : { ...before?.cameras, [cameraId]: rule },
    ...(before?.alert === undefined ? {} : { alert: before.alert }),
  };
  return accepted(await folder.accept(JSON.stringify(signSharing(document, readOwnerKey(keyText)))));
}

function accepted({ version }: SharingDocument): string[] {
  return [`Version ${version} is accepted. A relay that runs goes by it within a second.`];
}

function readOwnerKey(text: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(text.trim(), 'base64url'), format: 'der', type: 'pkcs8' });
}
