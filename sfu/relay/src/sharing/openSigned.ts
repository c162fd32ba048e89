import { parseCanonical } from 'commonsight-verify/entry';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { RelayError } from '../errors.ts';
import { hasSigned } from './openSharing.ts';

/** One of the things that an owner signs for the relay beside the sharing document. */
export interface OpeningOptions<Content> {
  /** What stands before the content's bytes in the signed bytes. */
  readonly context: string;
  readonly schema: z.ZodType<Content>;
  /** What sentences call it, such as "order". */
  readonly what: string;
  readonly relayId: string;
  /** Of now, SPKI DER in base64url; none while nobody is paired. */
  readonly ownerKeys: readonly string[];
  readonly log: Pick<Logger, 'warn'>;
  /** What else has to hold of it, once it is known to be an owner's word. Throws a sentence. */
  readonly check?: (content: Content) => void;
}

/**
 * The content of an envelope, base64url of canonical JSON, when an owner of this relay signed it for this relay. Throws
 * `notPermitted` with a sentence when not, and logs that.
 */
export function openSigned<Content extends { readonly relayId: string }>(
  envelope: { readonly content: string; readonly signature: string },
  options: OpeningOptions<Content>,
): Content {
  try {
    const content = open(envelope, options);
    options.check?.(content);
    return content;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    options.log.warn({ what: options.what, reason }, 'what an owner should have signed was refused');
    throw new RelayError('notPermitted', reason, { cause: error });
  }
}

function open<Content extends { readonly relayId: string }>(
  { content, signature }: { readonly content: string; readonly signature: string },
  { context, schema, what, relayId, ownerKeys }: OpeningOptions<Content>,
): Content {
  const bytes = Buffer.from(content, 'base64url');
  if (!ownerKeys.some((key) => hasSigned(key, context, bytes, signature))) {
    throw new Error(`The ${what} is not signed by an owner of this relay.`);
  }
  const opened = parseCanonical(bytes, schema);
  if (opened === undefined) throw new Error(`The ${what} is signed and does not have the agreed form.`);
  if (opened.relayId !== relayId) throw new Error(`The ${what} is for another relay.`);
  return opened;
}
