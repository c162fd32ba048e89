import { z } from 'zod';
import { digestSchema, digestSecretSchema, digestWishSchema } from '../digest.ts';
import { momentSchema } from '../ids.ts';
import { rawAnswerSchema, type Route } from './route.ts';

const bySecret = z.object({ secret: digestSecretSchema });

/** The ledger as a weekly mail. Without a mailed secret, an owner's link in the header `ledgerSecretHeader` opens it. */
export const digestRoutes = {
  readDigest: {
    method: 'GET',
    path: '/api/ledger/digest',
    response: z.object({ digest: digestSchema }),
    permission: 'public',
    audit: 'ledger.read',
  },
  /** Mails a link to the address, in place of any before. `tooManyRequests` beyond five mails a day for one link. */
  askDigest: {
    method: 'POST',
    path: '/api/ledger/digest',
    body: digestWishSchema,
    response: z.object({ digest: digestSchema }),
    permission: 'public',
    audit: 'ledger.digestAsked',
  },
  /** The address is erased. Stopping again changes nothing. */
  stopDigest: {
    method: 'POST',
    path: '/api/ledger/digest/stop',
    response: z.object({ digest: digestSchema }),
    permission: 'public',
    audit: 'ledger.digestStopped',
  },
  /** By the mailed link's secret: from now on a mail comes each week. `codeNotAccepted` for one that is wrong, used or over. */
  confirmDigest: {
    method: 'POST',
    path: '/api/ledger/digest/confirm',
    body: bySecret,
    response: z.object({ siteName: z.string(), nextAt: momentSchema }),
    permission: 'public',
    audit: 'ledger.digestConfirmed',
  },
  /** Where a mail program leads a person by `List-Unsubscribe`: on to the page that asks. Reading it stops nothing. */
  showUnsubscribe: {
    method: 'GET',
    path: '/api/ledger/digest/unsubscribe/:secret',
    params: bySecret,
    response: rawAnswerSchema,
    permission: 'public',
    audit: 'public',
  },
  /**
   * RFC 8058: a mail program stops the mails with one request, without any sign-in, so that the secret stands in the address.
   * It can do nothing else. The body is not read. `notFound` for a secret that was never mailed.
   */
  unsubscribe: {
    method: 'POST',
    path: '/api/ledger/digest/unsubscribe/:secret',
    params: bySecret,
    response: z.object({ state: z.literal('off') }),
    permission: 'public',
    audit: 'ledger.digestStopped',
  },
} as const satisfies Record<string, Route>;
