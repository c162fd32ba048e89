import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** A person as the provider knows them. */
export interface OidcPerson {
  email: string;
  isVerified: boolean;
}

export const oidcClient = { clientId: 'commonsight', clientSecret: 'the secret of the tests' };

/** A real OpenID Connect provider on loopback, at which a person is signed in without typing anything. */
export interface TestOidcProvider {
  issuer: string;
  /** Who is at the browser; the key is the provider's own name for the person. */
  people: Map<string, OidcPerson>;
  /** Follows the address as a browser would, until it leads back to the redirect address, and answers that. */
  signIn(url: string, person: string): Promise<string>;
  close(): Promise<void>;
}

export async function startOidcProvider(redirectUri: string): Promise<TestOidcProvider> {
  const people = new Map<string, OidcPerson>();
  let atTheBrowser = '';
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: oidcClient.clientId,
        client_secret: oidcClient.clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['the key of the tests'] },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, id) => {
      const person = people.get(id);
      if (person === undefined) return undefined;
      const claims = { sub: id, email: person.email, email_verified: person.isVerified, name: id };
      return { accountId: id, claims: () => Promise.resolve(claims) };
    },
    // The agency has agreed for its people.
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc;
      const grant = new context.oidc.provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const login = { login: { accountId: atTheBrowser } };
    const isQuestion = request.url?.startsWith('/interaction/') === true;
    const work = isQuestion ? provider.interactionFinished(request, response, login) : answer(request, response);
    work.catch((error: unknown) => response.destroy(error as Error));
  });

  return {
    issuer,
    people,
    signIn: async (url, person) => {
      atTheBrowser = person;
      const cookies = new Map<string, string>();
      let next = url;
      while (!next.startsWith(redirectUri)) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const step = await fetch(next, { redirect: 'manual', headers: { cookie } });
        for (const line of step.headers.getSetCookie()) {
          const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
          cookies.set(name, value);
        }
        const location = step.headers.get('location');
        if (location === null) throw new Error(`The provider answers ${step.status}: ${await step.text()}`);
        next = new URL(location, next).href;
      }
      return next;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
