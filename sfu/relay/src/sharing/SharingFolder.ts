import { generateKeyPairSync } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  hashOfSharing,
  longestSharingDocument,
  type OwnerKeys,
  ownerKeysSchema,
  type SharingDocument,
  type SignedSharing,
} from '@commonsight/types/relay/sharing';
import { readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';
import { inFolderTurn } from './inFolderTurn.ts';
import {
  ForeignSharingError,
  isSignedBy,
  type OpenedSharing,
  openSharing,
  publicKey,
  SharingConflictError,
  unpackSharing,
} from './openSharing.ts';

/** What the folder says. `document` is null before the first one. */
export type KeptSharing =
  | { readonly is: 'unpaired' }
  | {
      readonly is: 'paired';
      readonly ownerKeys: readonly string[];
      readonly document: SharingDocument | null;
      /** The document as it was signed. */
      readonly signed: SignedSharing | null;
    };

/**
 * The owner's keys and the last accepted document on the relay's disk. The running relay and the commands at its console
 * change them in turn.
 */
export class SharingFolder {
  readonly path: string;
  readonly #relayId: string;

  constructor(relayFolder: string, relayId: string) {
    this.path = join(relayFolder, 'sharing');
    this.#relayId = relayId;
  }

  /** Where `pairOwn` puts the private key that it makes. */
  get ownerKeyPath(): string {
    return join(this.path, 'owner.key');
  }

  /**
   * Throws a sentence when a file is damaged or missing: then nothing is shared (SHR5). It is a `ForeignSharingError` when
   * the kept document is only not signed by an owner of now.
   */
  async read(): Promise<KeptSharing> {
    const keys = await this.#readKeys();
    const documentText = await readPrivateFile(this.#file('sharing.json'));
    if (keys === undefined) {
      if (documentText !== undefined) throw new Error('The owner’s keys are missing beside a sharing document.');
      return { is: 'unpaired' };
    }
    const { keys: ownerKeys, forgotten } = keys;
    if (documentText === undefined) return { is: 'paired', ownerKeys, document: null, signed: null };
    const envelope = parse(documentText, 'sharing.json');
    const trusted = forgotten === undefined ? ownerKeys : [...ownerKeys, forgotten.key];
    const opened = unpackSharing(envelope, { relayId: this.#relayId, ownerKeys: trusted });
    const isForgotten = forgotten !== undefined && isSignedBy(opened.signed, forgotten.key);
    if (isForgotten && (await hashOfSharing(opened.signed)) !== forgotten.documentHash) {
      throw new ForeignSharingError('The document is signed by a key that was forgotten.', opened);
    }
    return { is: 'paired', ownerKeys, ...opened };
  }

  /**
   * Keeps one more owner's key. From the first one on, what no document shares is off. Throws a sentence when it is to be the
   * first one and is not.
   */
  async pair(key: string, { isFirstOnly = false } = {}): Promise<void> {
    publicKey(key);
    await this.#inTurn(async () => {
      if (isFirstOnly && (await this.read()).is === 'paired') {
        throw new Error('An owner was paired since this code was made. Run relay owner code at the relay.');
      }
      await this.#pair(key);
    });
  }

  /** Makes an owner's key, whose private half stays in the folder, and keeps it as `pair` does. Throws when there is one. */
  async pairOwn(): Promise<void> {
    await this.#inTurn(async () => {
      if ((await readPrivateFile(this.ownerKeyPath)) !== undefined) {
        throw new Error(`There is an owner’s key already: ${this.ownerKeyPath}`);
      }
      // A damaged folder is refused before a key is made for it.
      await this.read();
      const pair = generateKeyPairSync('ed25519');
      const text = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
      await writePrivateFile(this.ownerKeyPath, `${text}\n`);
      await this.#pair(pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'));
    });
  }

  async #pair(key: string): Promise<void> {
    await this.read();
    const { keys = [], forgotten } = (await this.#readKeys()) ?? {};
    if (keys.includes(key)) return;
    await this.#writeKeys({ keys: [...keys, key], forgotten: forgotten?.key === key ? undefined : forgotten });
  }

  /**
   * Takes an owner's key away, such as a lost device's: it signs no new document (SHR14). Throws a sentence for the only key
   * and for an unknown one.
   */
  forget(key: string): Promise<void> {
    return this.#inTurn(() => this.#forget(key));
  }

  async #forget(key: string): Promise<void> {
    const kept = await this.read();
    const { keys = [], forgotten } = (await this.#readKeys()) ?? {};
    if (kept.is === 'unpaired' || !keys.includes(key)) throw new Error('This relay has no such owner’s key.');
    if (keys.length === 1) {
      throw new Error(
        'This is the only owner’s key: without it nobody could change what is shared. Pair another one first.',
      );
    }
    const { signed } = kept;
    const hasSigned = signed !== null && isSignedBy(signed, key);
    const stillCounts = hasSigned ? { key, documentHash: await hashOfSharing(signed) } : forgotten;
    await this.#writeKeys({ keys: keys.filter((other) => other !== key), forgotten: stillCounts });
  }

  async #readKeys(): Promise<OwnerKeys | undefined> {
    const text = await readPrivateFile(this.#file('owners.json'));
    return text === undefined ? undefined : ownerKeysSchema.parse(parse(text, 'owners.json'));
  }

  async #writeKeys(keys: { keys: string[]; forgotten?: OwnerKeys['forgotten'] | undefined }): Promise<void> {
    const content = JSON.stringify(ownerKeysSchema.parse(keys), null, 2);
    await writePrivateFile(this.#file('owners.json'), `${content}\n`);
  }

  /**
   * Takes a document with a higher version than the kept one, which its signer has seen; it is on the disk when this
   * resolves (SHR2). Throws a `SharingConflictError` when another one is kept. One that is kept and that no owner of now
   * has signed can be replaced as well.
   */
  accept(text: string): Promise<SharingDocument> {
    return this.#inTurn(async () => {
      if (text.length > longestSharingDocument + 1_000) throw new Error('The document is too large.');
      const { ownerKeys, last } = await this.#readLast();
      const envelope = parse(text, 'The document');
      const lastVersion = last?.document.version ?? 0;
      const { document } = openSharing(envelope, { relayId: this.#relayId, ownerKeys, lastVersion });
      await assertReplaces(document, last);
      await writePrivateFile(this.#file('sharing.json'), `${JSON.stringify(envelope)}\n`);
      return document;
    });
  }

  async #readLast(): Promise<{ ownerKeys: readonly string[]; last: OpenedSharing | undefined }> {
    try {
      const kept = await this.read();
      if (kept.is === 'unpaired') throw new Error('No owner is paired with this relay. Run relay owner pair first.');
      const { ownerKeys, document, signed } = kept;
      return { ownerKeys, last: document === null || signed === null ? undefined : { document, signed } };
    } catch (error) {
      if (!(error instanceof ForeignSharingError)) throw error;
      return { ownerKeys: (await this.#readKeys())?.keys ?? [], last: error.kept };
    }
  }

  async #inTurn<T>(act: () => Promise<T>): Promise<T> {
    await this.prepare();
    return inFolderTurn(this.path, act);
  }

  async prepare(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
  }

  #file(name: string): string {
    return join(this.path, name);
  }
}

/** SHR11: a document that does not say which one it replaces may change rules and no mask. */
async function assertReplaces(document: SharingDocument, last: OpenedSharing | undefined): Promise<void> {
  const { replaces, masks } = document;
  const lastMasks = last?.document.masks ?? {};
  if (replaces === undefined) {
    if (last === undefined || isDeepStrictEqual(masks ?? {}, lastMasks)) return;
  } else if (last !== undefined && replaces === (await hashOfSharing(last.signed))) return;
  throw new SharingConflictError('What is shared was changed at the relay after this change was begun.');
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name} is not valid JSON.`);
  }
}
