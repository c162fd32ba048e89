import { z } from 'zod';
import { fromUtf8 } from '../bytes/bytes.ts';
import { BundleFault } from '../bundle/BundleFault.ts';
import { parseVerifierKey, type VerifierKey } from '../note/keys.ts';

/** Beside `checkpoint`: the last checkpoint that each witness has cosigned. C2SP has no file for this. */
export const witnessesPath = 'witnesses';

const mostWitnesses = 10_000;
const witnessesSchema = z.object({
  witnesses: z
    .array(z.object({ verifierKey: z.string().max(1_000), note: z.string().max(100_000) }))
    .max(mostWitnesses),
});

/** The keys are the log's word for who witnessed; whoever checks compares them with those given elsewhere. */
export function readWitnesses(bytes: Uint8Array): { key: VerifierKey; note: string }[] {
  try {
    const { witnesses } = witnessesSchema.parse(JSON.parse(fromUtf8(bytes) ?? ''));
    return witnesses.map(({ verifierKey, note }) => ({ key: parseVerifierKey(verifierKey), note }));
  } catch {
    throw new BundleFault('checkpointWrong', null, 'What the log says about its witnesses cannot be read.');
  }
}
