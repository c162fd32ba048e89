import { routes } from '@commonsight/types/http/routes';
import type { RouteResponse } from '@commonsight/types/http/route';

type Health = RouteResponse<typeof routes.health>;

const requestTimeoutMs = 10_000;

/** The few calls that a start needs, over the same doors as everybody's. */
export interface ServerApi {
  health(): Promise<Health>;
  /**
   * Signs in as an administrator, makes a one-time code for a relay of the site, and signs out again. A relay of before, whose
   * files are gone, is revoked first: a site has one.
   */
  createEnrolmentCode(administrator: { email: string; password: string }, siteId: string): Promise<string>;
}

/** `origin` is the address that browsers use; without it the server takes a request with a cookie for a forged one. */
export function createServerApi(address: string, origin: string): ServerApi {
  const call = (path: string, init: RequestInit, headers: Record<string, string>) =>
    fetch(new URL(path, address), { ...init, headers, signal: AbortSignal.timeout(requestTimeoutMs) });
  const post = async (path: string, body: unknown, cookie = ''): Promise<Response> => {
    const headers = { origin, cookie, 'content-type': 'application/json' };
    const response = await call(path, { method: 'POST', body: JSON.stringify(body) }, headers);
    if (!response.ok) throw new Error(`POST ${path} answers ${response.status}: ${await response.text()}`);
    return response;
  };
  return {
    async health() {
      const response = await call(routes.health.path, {}, {});
      return routes.health.response.parse(await response.json());
    },
    async createEnrolmentCode({ email, password }, siteId) {
      const signedIn = await post('/api/auth/sign-in/email', { email, password });
      const cookie = signedIn.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
      const listed = await call(routes.listSites.path, {}, { cookie });
      const { sites } = routes.listSites.response.parse(await listed.json());
      for (const { id, revokedAt } of sites.find((site) => site.id === siteId)?.relays ?? []) {
        if (revokedAt === null) await post(routes.revokeRelay.path.replace(':id', id), {}, cookie);
      }
      const response = await post(routes.createEnrolmentCode.path.replace(':id', siteId), {}, cookie);
      const { code } = routes.createEnrolmentCode.response.parse(await response.json());
      await post('/api/auth/sign-out', {}, cookie);
      return code;
    },
  };
}
