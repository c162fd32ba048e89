import type { Namespace, Socket } from 'socket.io';
import type { UserActor } from '../access/Actor.ts';
import type { Act } from '../audit/Audit.ts';
import { CodedError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { RequestBudget } from '../plugins/RequestBudget.ts';
import type { UserTurns } from '../plugins/UserTurns.ts';
import type { IsProxy } from '../proxies.ts';
import type { Sessions } from '../sessions/Sessions.ts';
import { assertServed } from '../sessions/sessionState.ts';
import { holdsPermission } from '../access/Access.ts';
import type { CameraTopics } from './CameraTopics.ts';
import { Connection } from './Connection.ts';
import type { Connections } from './Connections.ts';
import { refuseSocket } from './refuseSocket.ts';
import type { Dispatcher } from './Dispatcher.ts';
import type { MessageCounters } from './MessageCounters.ts';
import { sourceAddress } from './sourceAddress.ts';
import { TokenBuckets } from './TokenBuckets.ts';
import { toldPermissions, type Topic, topics } from './topics.ts';

/** A browser's largest honest message, its RTP capabilities, has a tenth of this. */
const maximumMessageBytes = 100_000;
/** Of one session: all its windows opening their walls at the same moment. */
const requestLimit = { burst: 400, perSecond: 100 };
/** Of one session that is told `tooManyRequests`: its windows ask again later, a flood goes on. */
const patienceLimit = { burst: 200, perSecond: 50 };
/** Opening a connection costs a look-up and a line; what it takes of the session's requests. */
const connectionTokens = 5;
/** The windows of one session: eight screens, the console, and sockets that broke and were not noticed yet. */
const maximumOfSession = 16;

export interface BrowserParts {
  namespace: Namespace;
  sessions: Pick<Sessions, 'fromCookies' | 'byId'>;
  audit: { record(act: Act): Promise<void> };
  dispatcher: Dispatcher;
  turns: UserTurns;
  connections: Connections;
  cameraTopics: CameraTopics;
  counters: MessageCounters;
  isProxy: IsProxy;
  /** `hasLeft`: the browser said that it goes, so that it will not come back. */
  onClosed(connection: Connection, hasLeft: boolean): void;
  /** The connection came to be while its session ended. */
  onSessionOver(sessionId: string): Promise<void>;
  logger: Logger;
}

interface Admitted {
  actor: UserActor;
  cameras: Topic[];
}

/** Lets browsers connect with their session (ACC1) and hands their messages to the dispatcher. */
export function serveBrowsers(parts: BrowserParts): void {
  const admitted = new WeakMap<Socket, Admitted>();
  const requests = new RequestBudget(requestLimit);
  const patience = new TokenBuckets(patienceLimit);

  async function guard(socket: Socket, next: (refusal?: Error) => void): Promise<void> {
    try {
      const known = await admit(parts, socket, requests);
      if (known === null) return refuseSocket(socket, next, 'notSignedIn');
      admitted.set(socket, known);
      next();
    } catch (error) {
      if (error instanceof CodedError) return refuseSocket(socket, next, error.code);
      parts.logger.error({ err: error }, 'A connection could not be opened.');
      refuseSocket(socket, next, 'internal');
    }
  }

  parts.namespace.use((socket, next) => void guard(socket, next));

  parts.namespace.on('connection', (socket) => {
    const known = admitted.get(socket);
    // Counted once more: several may have been let in at the same moment.
    if (known === undefined || parts.connections.countOfSession(known.actor.sessionId) >= maximumOfSession) {
      socket.disconnect(true);
      return;
    }
    const { actor, cameras } = known;
    const connection = new Connection({ id: socket.id, actor, socket });
    parts.connections.add(connection);
    connection.join(topics.agency(actor.agencyId));
    connection.join(topics.user(actor.userId));
    if (actor.deviceClass === undefined) connection.join(topics.desks(actor.userId));
    for (const permission of toldPermissions) {
      if (holdsPermission(actor, permission)) connection.join(topics.holders(actor.agencyId, permission));
    }
    parts.cameraTopics.join(connection, cameras);

    const budget = {
      take: (tokens?: number) => {
        if (requests.take(actor.sessionId, socket.request.headers, tokens)) return true;
        if (!patience.take(actor.sessionId)) {
          parts.counters.count('cutOff');
          requests.silence(actor.sessionId);
          socket.conn.close(true);
        }
        return false;
      },
    };
    socket.onAny(
      (name: unknown, ...values: unknown[]) => void parts.dispatcher.handle(connection, budget, name, values),
    );
    const limitSize = ({ data: frame }: { data?: unknown }) => {
      if (typeof frame !== 'string' || Buffer.byteLength(frame) <= maximumMessageBytes) return;
      parts.counters.count('tooLarge');
      socket.conn.close(true);
    };
    socket.conn.on('packet', limitSize);
    socket.once('disconnect', (reason) => {
      socket.conn.off('packet', limitSize);
      parts.connections.remove(connection);
      parts.onClosed(connection, reason === 'client namespace disconnect');
    });
    void checkAgain(parts, connection);
  });
}

/** Whose session it is, written down before anything else happens. */
async function admit(parts: BrowserParts, socket: Socket, requests: RequestBudget): Promise<Admitted | null> {
  const { headers } = socket.request;
  if (requests.isSpent(headers)) throw new CodedError('tooManyRequests');
  const address = sourceAddress(socket.request, parts.isProxy);
  const session = await parts.turns.find(headers, () => parts.sessions.fromCookies(headers, address));
  if (session === null) return null;
  assertServed(session.state);
  const { actor } = session;
  if (parts.connections.countOfSession(actor.sessionId) >= maximumOfSession) throw new CodedError('tooManyRequests');
  if (!requests.take(actor.sessionId, headers, connectionTokens)) throw new CodedError('tooManyRequests');
  return parts.turns.run(actor.userId, async () => {
    const target = { kind: 'connection' as const, id: socket.id };
    await parts.audit.record({ type: 'connection.opened', outcome: 'done', actor, target });
    return { actor, cameras: await parts.cameraTopics.wantedBy(actor) };
  });
}

/** A session that ended or was locked while its connection was being opened found no connection to end or to lock. */
async function checkAgain(parts: BrowserParts, connection: Connection): Promise<void> {
  const { sessions, cameraTopics, logger } = parts;
  const { sessionId } = connection.actor;
  try {
    const session = await sessions.byId(sessionId, null);
    if (session === null) return await parts.onSessionOver(sessionId);
    // It dials again, and is told why it is not let in.
    if (session.state !== 'active') return connection.breakOff();
    // Groups that changed meanwhile did not find it either.
    await cameraTopics.joinWanted(connection);
  } catch (error) {
    logger.warn({ err: error }, 'A session could not be checked again.');
  }
}
