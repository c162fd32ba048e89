import type { OwnApplication } from '@commonsight/types/application';
import { applicationRoutes } from '@commonsight/types/http/application-routes';
import { registrantSecretSchema } from '@commonsight/types/registration';
import { call } from '../api/call.ts';
import type { CallError } from '../api/CallResult.ts';
import { openOnce } from '../visit/openOnce.ts';
import { takeSecretOfLink } from '../visit/takeSecretOfLink.ts';
import { applicationPath } from './applicationPath.ts';

export type ApplicationReading =
  | { state: 'opening' }
  /** Nothing is open; `why`: without a link, or with one that opens nothing. */
  | { state: 'none'; why: 'noLink' | 'closed' }
  | { state: 'failed'; error: CallError; secret: string }
  | { state: 'open'; application: OwnApplication; secret: string };

/** Opens the link of the address, which goes on to open it: what fails can be tried again. */
export const openApplication = openOnce(async (): Promise<ApplicationReading> => {
  const secret = takeSecretOfLink(applicationPath);
  return secret === null ? { state: 'none', why: 'noLink' } : readApplication(secret);
});

export async function readApplication(secret: string): Promise<ApplicationReading> {
  if (!registrantSecretSchema.safeParse(secret).success) return { state: 'none', why: 'closed' };
  const result = await call(applicationRoutes.openApplication, { body: { secret } });
  if (result.state === 'ok') return { state: 'open', application: result.value, secret };
  if (result.state === 'aborted') return { state: 'opening' };
  if (result.error.code === 'codeNotAccepted') return { state: 'none', why: 'closed' };
  return { state: 'failed', error: result.error, secret };
}
