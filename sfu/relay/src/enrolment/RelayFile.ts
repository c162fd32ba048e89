import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { idSchema } from '@commonsight/types/ids';
import { explainIssues } from '@commonsight/types/link';
import { publicKeySchema } from '@commonsight/types/relay/enrolment';
import { verifierKeySchema } from '@commonsight/types/witness';
import { z } from 'zod';
import { OpenFileError, readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';

/** What a relay knows of itself after its enrolment. The device key never leaves the file. */
export const relayFileSchema = z.object({
  serverUrl: z.url(),
  relayId: idSchema,
  siteId: idSchema,
  siteName: z.string(),
  /** Ed25519, PKCS 8 DER in base64url. */
  deviceKey: z.string(),
  /** Signs grants; SPKI DER in base64url. */
  serverPublicKey: publicKeySchema,
  /** Signs the agency's audit log, as the server said at enrolment; a C2SP verifier key. */
  logKey: verifierKeySchema.optional(),
  /** Whoever enrolled it took the risk of a server without TLS on the network. */
  isInsecureAllowed: z.boolean().default(false),
});

export type RelayFile = z.infer<typeof relayFileSchema>;

const relayFileName = 'relay.json';

/** Undefined when there is none. Throws a sentence when it cannot be used. */
export async function readRelayFile(folder: string): Promise<RelayFile | undefined> {
  const file = join(folder, relayFileName);
  const text = await readPrivateFile(file).catch((error: unknown) => {
    if (error instanceof OpenFileError) throw error;
    throw new Error(`${file} cannot be read.`, { cause: error });
  });
  if (text === undefined) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // What the parser says would quote the file.
    throw new Error(`${file} is not valid JSON.`);
  }
  const parsed = relayFileSchema.safeParse(content);
  if (!parsed.success) throw new Error(`${file} has a mistake. ${explainIssues(parsed.error)}`);
  return parsed.data;
}

/** Makes the folder when it is missing. Throws a sentence when nothing can be written there. */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new Error(`The folder ${folder} cannot be written.`, { cause: error });
  }
}

/** Writes the file so that it is there as a whole or not at all, for its owner alone. */
export async function writeRelayFile(folder: string, content: RelayFile): Promise<void> {
  await writePrivateFile(join(folder, relayFileName), `${JSON.stringify(content, null, 2)}\n`);
}
