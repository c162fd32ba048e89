import { z } from 'zod';
import type { Audit } from '../audit/Audit.ts';
import { CodedError } from '../errors.ts';
import { type AuthDoor, assertNoFault, type Caller, withoutSession } from './AuthDoor.ts';
import { type OidcConfig, oidcProviderId } from './oidc.ts';

const startedSchema = z.object({ url: z.url() });
const refusedPath = '/?signIn=refused';

/** Where the browser goes next, and with which cookies. */
export interface OidcStep {
  url: string;
  cookies: string[];
}

export interface OidcParts {
  door: AuthDoor;
  audit: Audit;
  publicUrl: string;
  config: OidcConfig | undefined;
}

/** Sends browsers to the agency's provider and takes them back. Only who was invited is signed in, by a verified email. */
export class OidcSignIn {
  readonly #parts: OidcParts;

  constructor(parts: OidcParts) {
    this.#parts = parts;
  }

  /** What the sign-in page calls it, or null when there is none. */
  get offer(): { name: string } | null {
    return this.#parts.config === undefined ? null : { name: this.#parts.config.name };
  }

  async start(caller: Caller): Promise<OidcStep> {
    if (this.offer === null) throw new CodedError('notFound');
    const { publicUrl, door } = this.#parts;
    const answer = await door.ask('/sign-in/social', withoutSession(caller), {
      provider: oidcProviderId,
      callbackURL: `${publicUrl}/`,
      errorCallbackURL: publicUrl + refusedPath,
      disableRedirect: true,
    });
    assertNoFault(answer);
    if (!answer.ok) throw new CodedError('timedOut', 'The sign-in of your agency does not answer.');
    return { url: startedSchema.parse(await answer.json()).url, cookies: answer.headers.getSetCookie() };
  }

  /** What the provider sent the browser back with. The only address that it goes on to is this server's own. */
  async finish(query: string, caller: Caller): Promise<OidcStep> {
    const { publicUrl, door, audit } = this.#parts;
    const answer = await door.ask(`/callback/${oidcProviderId}?${query}`, withoutSession(caller)).catch(() => null);
    if (answer?.headers.get('location') === `${publicUrl}/`)
      return { url: '/', cookies: answer.headers.getSetCookie() };
    await audit.record({
      type: 'session.refused',
      outcome: 'refused',
      actor: { kind: 'anonymous', sourceAddress: caller.sourceAddress },
      details: { code: 'wrongCredentials', factor: 'oidc' },
    });
    return { url: refusedPath, cookies: [] };
  }
}
