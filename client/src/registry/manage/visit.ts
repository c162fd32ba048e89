import { registryRoutes } from '@commonsight/types/http/registry-routes';
import {
  type Area,
  areaSchema,
  registrantSecretSchema,
  registrantSessionHeader,
} from '@commonsight/types/registration';
import { z } from 'zod';
import { call } from '../../api/call.ts';
import type { CallResult } from '../../api/CallResult.ts';
import type { DraftStorage } from '../draft/draftMemory.ts';

const storageKey = 'commonsight.registry.visit';

/** What a mailed link has opened, for half an hour and this tab. */
const visitSchema = z.object({
  secret: registrantSecretSchema,
  expiresAt: z.string(),
  area: areaSchema.nullable(),
});

export interface Visit {
  secret: string;
  expiresAt: string;
  area: Area | null;
}

/** Takes the link's secret out of the address at once: there it is seen over a shoulder and kept in the history. */
export function takeLinkSecret(): string | null {
  const secret = window.location.hash.slice(1);
  window.history.replaceState(window.history.state, '', '/register/manage');
  return secret === '' ? null : secret;
}

/** Opens a mailed link, once; what it opens outlives a reload. */
export async function openLink(
  secret: string,
  storage: DraftStorage,
): Promise<CallResult<{ visit: Visit; verifiedId: string | null }>> {
  const malformed = !registrantSecretSchema.safeParse(secret).success;
  if (malformed) return { state: 'failed', error: { code: 'codeNotAccepted', message: 'The link is not complete.' } };
  const result = await call(registryRoutes.openRegistrantLink, { body: { secret } });
  if (result.state !== 'ok') return result;
  const { session, agency, verifiedId } = result.value;
  const visit = { ...session, area: agency.area };
  storage.setItem(storageKey, JSON.stringify(visit));
  return { state: 'ok', value: { visit, verifiedId } };
}

export function readVisit(storage: DraftStorage): Visit | null {
  try {
    return visitSchema
      .nullable()
      .catch(null)
      .parse(JSON.parse(storage.getItem(storageKey) ?? 'null'));
  } catch {
    return null;
  }
}

export function forgetVisit(storage: DraftStorage): void {
  storage.removeItem(storageKey);
}

export function visitHeaders({ secret }: Visit): Record<string, string> {
  return { [registrantSessionHeader]: secret };
}
