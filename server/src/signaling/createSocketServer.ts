import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { type Namespace, Server } from 'socket.io';
import { addressBlock } from '../addressBlock.ts';
import type { IsProxy } from '../proxies.ts';
import { sourceAddress } from './sourceAddress.ts';
import { TokenBuckets } from './TokenBuckets.ts';

/** A host's or relay's snapshot is the largest message there is; what a browser sends is limited further. */
const maximumMessageBytes = 1_000_000;
/** Of somebody of whom nothing is known yet. */
const maximumFirstBytes = 16_000;
const pingMs = 10_000;
const connectTimeoutMs = 10_000;
/** From the end of a connection to the end of its socket, should the other side not let go of it. */
const lingerMs = 1_000;
/** Of one address (IPv6: one /64 network): every window of a control room behind one router, coming back at the same moment. */
const connectionLimit = { burst: 400, perSecond: 20 };

/**
 * socket.io on the HTTP server: websockets alone, because long polling would need sticky sessions and gives a stranger
 * a second way in. A page of another origin is refused before anything is read; who names no origin is not a browser.
 * A connection is of one namespace and tries it once: whoever is refused, or leaves, is disconnected.
 */
export function createSocketServer(
  httpServer: HttpServer,
  options: { origins: readonly string[]; isProxy: IsProxy; connectionLimit?: typeof connectionLimit },
): Server {
  const perAddress = new TokenBuckets(options.connectionLimit ?? connectionLimit);
  const io = new Server(httpServer, {
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: maximumMessageBytes,
    pingInterval: pingMs,
    pingTimeout: pingMs,
    connectTimeout: connectTimeoutMs,
    allowRequest: (request: IncomingMessage, decide) => {
      const { origin } = request.headers;
      const isKnown = origin === undefined || options.origins.includes(origin);
      decide(null, isKnown && perAddress.take(addressBlock(sourceAddress(request, options.isProxy) ?? '')));
    },
  });
  const joined = new WeakSet<object>();
  const watch = (namespace: Namespace) =>
    namespace.on('connection', (socket) => {
      joined.add(socket.conn);
      socket.once('disconnect', () => socket.conn.close());
    });
  watch(io.of('/'));
  io.on('new_namespace', watch);

  io.engine.on('connection', (connection: EngineConnection) => {
    // Otherwise whoever does not answer the farewell of RFC 6455 keeps socket and buffers for another half a minute.
    connection.once('close', () => {
      setTimeout(() => connection.request.socket.destroy(), lingerMs).unref();
    });
    limitFirstBytes(connection, () => joined.has(connection));
    let hasTried = false;
    connection.on('packet', ({ type, data: frame }) => {
      if (frame === undefined) return;
      // Only the one wish to join a namespace comes before it is answered.
      const isStranger = type === 'message' && !joined.has(connection);
      const isTooMuch = isStranger && (hasTried || Buffer.byteLength(frame) > maximumFirstBytes);
      hasTried ||= isStranger;
      // No message here is binary, and the parser would gather attachments without end before anybody is known.
      if (typeof frame !== 'string' || isTooMuch) connection.close(true);
    });
  });
  return io;
}

/** A message is seen when it is whole: one that is never finished must not fill the memory in the meantime. */
function limitFirstBytes(connection: EngineConnection, isKnown: () => boolean): void {
  const { socket } = connection.request;
  const before = socket.bytesRead;
  const handleBytes = () => {
    if (isKnown()) socket.off('data', handleBytes);
    else if (socket.bytesRead - before > 2 * maximumFirstBytes) socket.destroy();
  };
  socket.on('data', handleBytes);
}

interface EngineConnection {
  /** Of the handshake. */
  readonly request: IncomingMessage;
  once(name: 'close', listener: () => void): unknown;
  on(name: 'packet', listener: (packet: { type: string; data?: string | Buffer }) => void): unknown;
  close(discard: boolean): unknown;
}
