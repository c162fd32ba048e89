import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CameraMasks } from '@commonsight/types/relay/masks';
import {
  hashOfSharing,
  longestSharingDocument,
  nameOfKey,
  type SharingDocument,
} from '@commonsight/types/relay/sharing';
import { awaitingOf, isConfirmedBy } from '../cameras/marks.ts';
import { camerasFileName, listCameras } from '../cameras/readCamera.ts';
import { confirmEntries, isSameCamera } from '../cameras/writeCamera.ts';
import { readPrivateFile } from '../readPrivateFile.ts';
import { judgeSharing } from '@commonsight/types/relay/judgeSharing';
import { ForeignSharingError, isSignedBy, signSharing } from './openSharing.ts';
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
  if (command.act === 'code') return showCode(folder, command.isOnPage);
  if (command.act === 'list') return list(folder);
  if (command.act === 'forget') return forget(folder, command.folder, command.key);
  if (command.act === 'show') return show(folder, command.folder);
  if (command.act === 'set') return set(folder, relayId, command);
  if (command.act === 'mask') return mask(folder, relayId, command);
  return importFile(folder, command.file);
}

async function importFile(folder: SharingFolder, file: string): Promise<string[]> {
  // Longer than any document in its envelope; it is not read into memory to find that out.
  if ((await stat(file)).size > longestSharingDocument + 1_000) throw new Error('The document is too large.');
  return accepted(await folder.accept(await readFile(file, 'utf8')));
}

async function showCode(folder: SharingFolder, isOnPage: boolean): Promise<string[]> {
  await folder.read();
  await folder.prepare();
  const { shown, expiresAt } = await new PairingCode(folder.path).make(Date.now(), {
    origin: isOnPage ? 'consoleAndPage' : 'console',
  });
  return [
    `Pairing code: ${shown}`,
    `Type it on the owner’s page. It is good for one try, until ${new Date(expiresAt).toLocaleTimeString('en-US', { hour12: false })}.`,
    ...(isOnPage
      ? ['It also stands on the page of RELAY_OWNER_LISTEN, if there is one, for everybody in the site’s network.']
      : []),
    'Tell it to nobody: whoever uses it decides what this relay shares.',
  ];
}

async function pair(folder: SharingFolder, key: string | undefined): Promise<string[]> {
  const lines = ['An owner is paired. From now on the relay shares only what a sharing document of the owner says.'];
  if (key !== undefined) {
    await folder.pair(key);
    return lines;
  }
  await folder.pairOwn();
  return [...lines, `The owner’s private key is in ${folder.ownerKeyPath}. Keep a copy of it in a safe place.`];
}

async function list(folder: SharingFolder): Promise<string[]> {
  const kept = await folder.read();
  if (kept.is === 'unpaired') return ['No owner is paired.'];
  const { signed } = kept;
  const own = await publicKeyOf(folder);
  return kept.ownerKeys.map((key) =>
    [
      nameOfKey(key),
      ...(key === own ? ['made at this console'] : []),
      ...(signed !== null && isSignedBy(signed, key) ? ['has signed what is shared now'] : []),
    ].join('  '),
  );
}

/** `name` is a key or its name. */
async function forget(folder: SharingFolder, relayFolder: string, name: string): Promise<string[]> {
  const kept = await folder.read();
  const keys = kept.is === 'paired' ? kept.ownerKeys.filter((key) => key === name || nameOfKey(key) === name) : [];
  const [key] = keys;
  if (key === undefined || keys.length > 1) throw new Error(`No one key is called ${name}. See relay owner list.`);
  await folder.forget(key);
  const hasSigned = kept.is === 'paired' && kept.signed !== null && isSignedBy(kept.signed, key);
  return [
    'The key is forgotten: it changes nothing any more.',
    // Whoever has found the device may have signed it.
    ...(hasSigned
      ? ['What it has signed last holds until there is another document:', ...(await show(folder, relayFolder))]
      : []),
    ...(key === (await publicKeyOf(folder)) ? [`Its private half is still in ${folder.ownerKeyPath}: delete it.`] : []),
  ];
}

/** Of the owner's key that was made at this console. */
async function publicKeyOf(folder: SharingFolder): Promise<string | undefined> {
  const text = await readPrivateFile(folder.ownerKeyPath);
  if (text === undefined) return undefined;
  return createPublicKey(readOwnerKey(text)).export({ format: 'der', type: 'spki' }).toString('base64url');
}

async function show(folder: SharingFolder, relayFolder: string): Promise<string[]> {
  const kept = await folder.read();
  const document = kept.is === 'paired' ? kept.document : null;
  const entries = await listCameras(relayFolder).catch(() => null);
  const awaiting = [...awaitingOf(entries ?? {})];
  const waiting = awaiting.flatMap(([id, awaits]) => (isConfirmedBy(document, id, awaits) ? [] : [id]));
  const unconfirmed =
    entries === null
      ? ['Which new cameras have to be confirmed is not known: the relay cannot read cameras.json.']
      : waiting.map((id) => `${id}  The owner has not confirmed this camera yet: nobody sees it.`);
  const every = unconfirmed.length === 0 ? 'every camera' : 'every other camera';
  if (kept.is === 'unpaired') return [...unconfirmed, `No owner is paired: ${every} is shared always.`];
  if (document === null) return [...unconfirmed, 'An owner is paired and has shared nothing yet.'];
  const nowMs = Date.now();
  const named = Object.keys(document.cameras).filter((id) => !waiting.includes(id));
  return [
    `Version ${document.version} of ${document.issuedAt}, times of ${document.timeZone}`,
    ...unconfirmed,
    ...named.map((id) => `${id}  ${judgeSharing(document, id, nowMs, null).sentence}`),
    ...Object.entries(document.masks ?? {}).map(([id, masks]) => `${id}  ${masksAsTyped(masks)}`),
    `Every other camera  ${judgeSharing({ ...document, cameras: {} }, '', nowMs, null).sentence}`,
    ...(document.upload === undefined
      ? []
      : [`At most ${document.upload.mostKilobitsPerSecond / 1_000} Mbit/s leave the site.`]),
    ...(document.keptDays === undefined ? [] : [`Recordings are kept for ${document.keptDays} days.`]),
  ];
}

/** As `relay sharing mask` takes them: it sets all masks of a camera, so that one more is given with those that there are. */
function masksAsTyped({ width, height, polygons }: CameraMasks): string {
  const typed = polygons.map((points) => `--polygon "${points.map((point) => point.join(',')).join(' ')}"`);
  return `Masks: ${polygons.length}. --size ${width}x${height} ${typed.join(' ')}`;
}

async function set(
  folder: SharingFolder,
  relayId: string,
  { folder: relayFolder, cameraId, rule, timeZone }: Extract<SharingCommand, { act: 'set' }>,
): Promise<string[]> {
  const lines = await change(folder, relayId, (before) => ({
    ...before,
    timeZone: timeZone ?? before.timeZone,
    default: cameraId === null ? rule : before.default,
    cameras: cameraId === null ? {} : { ...before.cameras, [cameraId]: rule },
  }));
  if (cameraId === null) return lines;
  // Who sets one camera here has decided about it, as by relay camera confirm.
  try {
    const { confirmed } = await confirmEntries(relayFolder, (id) => id === cameraId);
    return [...lines, ...confirmed.map((id) => `Confirmed ${id}.`)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [...lines, `A camera that waits to be confirmed goes on waiting. ${reason}`];
  }
}

/** No other command touches the masks. A mask for a camera that is not there would hide nothing of the one that was meant. */
async function mask(
  folder: SharingFolder,
  relayId: string,
  command: Extract<SharingCommand, { act: 'mask' }>,
): Promise<string[]> {
  const { cameraId, masks: wanted } = command;
  const cameras = wanted === null ? {} : await listCameras(command.folder);
  if (wanted !== null && !Object.hasOwn(cameras, cameraId)) {
    throw new Error(
      `This relay has no camera ${cameraId}. Its cameras are in ${join(command.folder, camerasFileName)}.`,
    );
  }
  const lines = await change(folder, relayId, ({ masks: before = {}, ...rest }) => {
    const others = Object.fromEntries(Object.entries(before).filter(([id]) => id !== cameraId));
    const masks = wanted === null ? others : { ...others, [cameraId]: wanted };
    return Object.keys(masks).length === 0 ? rest : { ...rest, masks };
  });
  if (wanted === null) return lines;
  const neighbours = atSameHost(cameras, cameraId);
  return [
    ...lines,
    ...(neighbours.length === 0
      ? []
      : [`At the same address are also ${neighbours.join(', ')}, with masks of their own or none.`]),
    'Look at every stream of the camera: one of the same shape that shows another part of the scene, such as by digital zoom, is masked in the wrong place.',
  ];
}

/** The other cameras of the relay at the host of this one: they may show the same scene. */
function atSameHost(cameras: Readonly<Record<string, unknown>>, cameraId: string): string[] {
  const { host } = (cameras[cameraId] ?? {}) as { host?: unknown };
  if (typeof host !== 'string') return [];
  return Object.keys(cameras).filter((id) => id !== cameraId && isSameCamera(cameras[id], { host, port: undefined }));
}

/** The document of now with something changed, in the next version and signed with the owner’s key of this console. */
async function change(
  folder: SharingFolder,
  relayId: string,
  changed: (before: SharingDocument) => SharingDocument,
): Promise<string[]> {
  const { before, replaces } = await readBefore(folder, relayId);
  const keyText = await readPrivateFile(folder.ownerKeyPath);
  if (before === undefined || keyText === undefined) {
    throw new Error(
      'There is no owner’s private key at this relay. Run relay owner pair, or import a signed document.',
    );
  }
  const { replaces: _, ...rest } = changed(before);
  const document: SharingDocument = {
    ...rest,
    ...(replaces === undefined ? {} : { replaces }),
    version: before.version + 1,
    issuedAt: new Date().toISOString(),
  };
  return accepted(await folder.accept(JSON.stringify(signSharing(document, readOwnerKey(keyText)))));
}

/** What a change begins with; undefined for a relay without an owner. */
async function readBefore(
  folder: SharingFolder,
  relayId: string,
): Promise<{ before?: SharingDocument; replaces?: string }> {
  const first = firstDocument(relayId);
  try {
    const kept = await folder.read();
    if (kept.is === 'unpaired') return {};
    if (kept.document === null || kept.signed === null) return { before: first };
    return { before: kept.document, replaces: await hashOfSharing(kept.signed) };
  } catch (error) {
    if (!(error instanceof ForeignSharingError)) throw error;
    // No owner of now has said what it shares, so nothing of that is taken over. Masks and an upload limit only restrict.
    const { document, signed } = error.kept;
    const { version, timeZone, masks, upload } = document;
    const before = {
      ...first,
      version,
      timeZone,
      ...(masks === undefined ? {} : { masks }),
      ...(upload === undefined ? {} : { upload }),
    };
    return { before, replaces: await hashOfSharing(signed) };
  }
}

/** Before the first one nothing is shared. */
function firstDocument(relayId: string): SharingDocument {
  return {
    format: 'commonsight-sharing-1',
    relayId,
    version: 0,
    issuedAt: new Date().toISOString(),
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    default: { mode: 'off', schedule: [], dates: [] },
    cameras: {},
  };
}

function accepted({ version }: SharingDocument): string[] {
  return [`Version ${version} is accepted. A relay that runs goes by it within a second.`];
}

function readOwnerKey(text: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(text.trim(), 'base64url'), format: 'der', type: 'pkcs8' });
}
