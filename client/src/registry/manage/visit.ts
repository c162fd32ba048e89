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
import type { TabStorage } from '../../visit/TabStorage.ts';

const storageKey = 'commonsight.registry.visit';
/** Where the own registrations are shown, without the link's secret. */
export const managePath = '/register/manage';

/** What a mailed link has opened, for half an hour and this tab. */
const visitSchema = z.object({
  secret: registrantSecretSchema,
  expiresAt: z.string(),
  area: areaSchema.nullable(),
  /** The agency's name in addresses. */
  agency: z.string(),
});

export interface Visit {
  secret: string;
  expiresAt: string;
  area: Area | null;
  agency: string;
}

/** Opens a mailed link, once; what it opens outlives a reload. */
export async function openLink(
  secret: string,
  storage: TabStorage,
): Promise<CallResult<{ visit: Visit; verifiedId: string | null }>> {
  const malformed = !registrantSecretSchema.safeParse(secret).success;
  if (malformed) return { state: 'failed', error: { code: 'codeNotAccepted', message: 'The link is not complete.' } };
  const result = await call(registryRoutes.openRegistrantLink, { body: { secret } });
  if (result.state !== 'ok') return result;
  const { session, agency, verifiedId } = result.value;
  const visit = { ...session, area: agency.area, agency: agency.slug };
  storage.setItem(storageKey, JSON.stringify(visit));
  return { state: 'ok', value: { visit, verifiedId } };
}

export function readVisit(storage: TabStorage): Visit | null {
  try {
    return visitSchema
      .nullable()
      .catch(null)
      .parse(JSON.parse(storage.getItem(storageKey) ?? 'null'));
  } catch {
    return null;
  }
}

/** One that is not over by this device's clock, in milliseconds. */
export function readOpenVisit(storage: TabStorage, now: number): Visit | null {
  const visit = readVisit(storage);
  return visit === null || isOver(visit, now) ? null : visit;
}

export function isOver({ expiresAt }: Visit, now: number): boolean {
  return Date.parse(expiresAt) <= now;
}

export function forgetVisit(storage: TabStorage): void {
  storage.removeItem(storageKey);
}

export function visitHeaders({ secret }: Visit): Record<string, string> {
  return { [registrantSessionHeader]: secret };
}
