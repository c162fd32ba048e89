import { createECDH, createHmac } from 'node:crypto';
import { join } from 'node:path';
import { type PushTarget, pushTargetSchema } from '@commonsight/types/push';
import webPush from 'web-push';
import { z } from 'zod';
import { readMasterKey, readOrMakeSecretFile } from '../keys.ts';
import { deriveKey, openBytes, sealBytes } from '../sealBytes.ts';

const sealedSchema = z.object({ target: pushTargetSchema, name: z.string() });

/** What is sealed of a subscription: who has it can send to the browser, and tell browsers apart. */
export type SealedSubscription = z.infer<typeof sealedSchema>;

/**
 * The keys of push messages, in files of the data folder: one that push services know this server by (VAPID, RFC 8292), and
 * one that seals where messages go to. Without the first every browser has to allow messages anew.
 */
export class PushKeys {
  /** An uncompressed P-256 point, base64url; the private one likewise. */
  readonly vapid: { readonly publicKey: string; readonly privateKey: string };
  readonly #sealing: Buffer;
  readonly #endpoints: Buffer;

  private constructor(master: Buffer, vapid: { publicKey: string; privateKey: string }) {
    this.#sealing = deriveKey(master, 'commonsight push subscriptions');
    this.#endpoints = deriveKey(master, 'commonsight push endpoints');
    this.vapid = vapid;
  }

  /** Reads the keys from the data folder, or makes them there. */
  static async create(dataDir: string): Promise<PushKeys> {
    const path = join(dataDir, 'keys', 'push-vapid.key');
    const privateKey = (await readOrMakeSecretFile(path, () => webPush.generateVAPIDKeys().privateKey)).trim();
    return new PushKeys(await readMasterKey(dataDir, 'push'), { privateKey, publicKey: publicKeyOf(privateKey, path) });
  }

  /** AES-256-GCM about the subscription's id, base64. */
  seal(id: string, subscription: SealedSubscription): string {
    return sealBytes(this.#sealing, `subscription ${id}`, Buffer.from(JSON.stringify(subscription))).toString('base64');
  }

  /** Throws when it was sealed for another subscription, with another key, or changed since. */
  open(id: string, sealed: string): SealedSubscription {
    const opened = openBytes(this.#sealing, `subscription ${id}`, Buffer.from(sealed, 'base64'));
    return sealedSchema.parse(JSON.parse(opened.toString()));
  }

  /** What is kept to know a browser again. */
  hashOf({ endpoint }: PushTarget): string {
    return createHmac('sha256', this.#endpoints).update(endpoint).digest('hex');
  }
}

function publicKeyOf(privateKey: string, path: string): string {
  const pair = createECDH('prime256v1');
  try {
    pair.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  } catch (error) {
    throw new Error(`The key ${path} is damaged. Put back the right one.`, { cause: error });
  }
  return pair.getPublicKey('base64url');
}
