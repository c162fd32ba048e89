import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  longestSharingDocument,
  ownerKeysSchema,
  type SharingDocument,
  type SignedSharing,
  signedSharingSchema,
} from '@commonsight/types/relay/sharing';
import { readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';
import { openSharing, publicKey } from './openSharing.ts';

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

/** The owner's keys and the last accepted document on the relay's disk. */
export class SharingFolder {
  readonly path: string;
  readonly #relayId: string;

  constructor(relayFolder: string, relayId: string) {
    this.path = join(relayFolder, 'sharing');
    this.#relayId = relayId;
  }

  /** Where `relay owner pair` puts a private key that it makes. */
  get ownerKeyPath(): string {
    return join(this.path, 'owner.key');
  }

  /** Throws a sentence when a file is damaged or missing: then nothing is shared (SHR5). */
  async read(): Promise<KeptSharing> {
    const keysText = await readPrivateFile(this.#file('owners.json'));
    const documentText = await readPrivateFile(this.#file('sharing.json'));
    if (keysText === undefined) {
      if (documentText !== undefined) throw new Error('The owner’s keys are missing beside a sharing document.');
      return { is: 'unpaired' };
    }
    const { keys: ownerKeys } = ownerKeysSchema.parse(parse(keysText, 'owners.json'));
    if (documentText === undefined) return { is: 'paired', ownerKeys, document: null, signed: null };
    const rules = { relayId: this.#relayId, ownerKeys, lastVersion: 0 };
    const envelope = parse(documentText, 'sharing.json');
    const document = openSharing(envelope, rules);
    return { is: 'paired', ownerKeys, document, signed: signedSharingSchema.parse(envelope) };
  }

  /** Keeps one more owner's key. From the first one on, what no document shares is off. */
  async pair(key: string): Promise<void> {
    publicKey(key);
    const kept = await this.read();
    const before = kept.is === 'paired' ? kept.ownerKeys : [];
    if (before.includes(key)) return;
    await this.prepare();
    const content = ownerKeysSchema.parse({ keys: [...before, key] });
    await writePrivateFile(this.#file('owners.json'), `${JSON.stringify(content, null, 2)}\n`);
  }

  /** Takes a document with a higher version than the kept one; it is on the disk when this resolves (SHR2). */
  async accept(text: string): Promise<SharingDocument> {
    if (text.length > longestSharingDocument + 1_000) throw new Error('The document is too large.');
    const kept = await this.read();
    if (kept.is === 'unpaired') throw new Error('No owner is paired with this relay. Run relay owner pair first.');
    const envelope = parse(text, 'The document');
    const { ownerKeys } = kept;
    const lastVersion = kept.document?.version ?? 0;
    const document = openSharing(envelope, { relayId: this.#relayId, ownerKeys, lastVersion });
    await writePrivateFile(this.#file('sharing.json'), `${JSON.stringify(envelope)}\n`);
    return document;
  }

  async prepare(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
  }

  #file(name: string): string {
    return join(this.path, name);
  }
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name} is not valid JSON.`);
  }
}
