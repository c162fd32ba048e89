import { Agent, request } from 'node:http';
import type { Route } from '@commonsight/types/http/route';
import { routes } from '@commonsight/types/http/routes';
import type { Random } from '../Random.ts';
import { anyLocalAddress, type Attacker, type Target } from './Attacker.ts';
import { hostileValue, nearlyRight } from './hostileValues.ts';

/** They end or lock the session that asks, or count as a try to guess its password: without a session only. */
const aboutOwnSession = new Set(['signOut', 'lockSession', 'unlockSession', 'endSession']);
const aboutOwnPassword = /Password|Totp|Passkey|BackupCodes/i;
const types = ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''];
const answerTimeoutMs = 15_000;

/** Every route of the contract, with parameters, queries, bodies, types and methods that it does not take. */
export class RouteAttacker implements Attacker {
  readonly #target: Target;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });

  constructor(target: Target) {
    this.#target = target;
  }

  async attack(random: Random): Promise<string> {
    const [name, route] = random.pick(Object.entries<Route>(routes));
    const isOwn = aboutOwnSession.has(name) || aboutOwnPassword.test(name);
    const cookie = isOwn || random.happens(0.1) ? '' : random.pick(this.#target.cookies);
    const method = random.happens(0.9)
      ? route.method
      : random.pick(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE']);
    const body = route.method === 'GET' && random.happens(0.8) ? undefined : bodyOf(random, route);
    const headers: Record<string, string | number> = { origin: this.#target.url };
    if (cookie !== '') headers['cookie'] = cookie;
    if (body !== undefined) {
      headers['content-type'] = random.happens(0.85) ? 'application/json' : random.pick(types);
      headers['content-length'] = body.length;
      if (random.happens(0.03)) headers['content-encoding'] = 'gzip';
    }
    return this.#send(random, { method, path: pathOf(random, route), headers }, body);
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(random: Random, options: { method: string; path: string; headers: object }, body?: Buffer): Promise<string> {
    const { port } = this.#target;
    const agent = random.happens(0.9) ? this.#agent : new Agent();
    return new Promise((resolve) => {
      const asked = request(
        {
          ...options,
          headers: { ...options.headers },
          host: '127.0.0.1',
          port,
          agent,
          localAddress: anyLocalAddress(random),
        },
        (answer) => {
          answer.resume().once('close', () => resolve(`HTTP ${answer.statusCode}`));
        },
      );
      asked.setTimeout(answerTimeoutMs, () => asked.destroy(new Error('not answered')));
      asked.once('error', (error) => resolve(error.message === 'not answered' ? error.message : 'disconnected'));
      asked.end(body);
    });
  }
}

function pathOf(random: Random, route: Route): string {
  const part = (): string =>
    random.happens(0.4) ? random.uuid() : encodeURIComponent(safeText(hostileValue(random, 0)).slice(0, 300));
  const path = route.path.replaceAll(/:[a-z]+/gi, part).replace('*', part);
  if (random.happens(0.05)) return `${path}/..%2f..%2f%00`;
  if (random.happens(0.6)) return path;
  const query = ['id', 'limit', 'latitude', 'from', '__proto__', 'a[b]'].map((key) => `${key}=${part()}`);
  return `${path}?${query.slice(0, random.int(1, query.length)).join('&')}`;
}

/** Without halves of surrogates, which no URL can carry. */
function safeText(value: unknown): string {
  return String(value).toWellFormed();
}

function bodyOf(random: Random, route: Route): Buffer {
  if (random.happens(0.01)) return Buffer.alloc(random.pick([100_000, 10_000_000]), 'x');
  if (random.happens(0.1)) return random.bytes(random.int(0, 400));
  const { body } = route;
  const isHostile = body === undefined || random.happens(0.4);
  const text = JSON.stringify(isHostile ? hostileValue(random) : nearlyRight(random, body)) ?? '';
  return Buffer.from(random.happens(0.15) ? text.slice(0, random.int(0, text.length)) : text);
}
