import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';

/** A host's or relay's snapshot is the largest message there is; what a browser sends is limited further. */
const maximumMessageBytes = 1_000_000;
const pingMs = 10_000;
const connectTimeoutMs = 10_000;

/**
 * socket.io on the HTTP server: websockets alone, because long polling would need sticky sessions and gives a stranger
 * a second way in. A page of another origin is refused before anything is read; who names no origin is not a browser.
 */
export function createSocketServer(httpServer: HttpServer, origins: readonly string[]): Server {
  const io = new Server(httpServer, {
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: maximumMessageBytes,
    pingInterval: pingMs,
    pingTimeout: pingMs,
    connectTimeout: connectTimeoutMs,
    allowRequest: (request, decide) => {
      const { origin } = request.headers;
      decide(null, origin === undefined || origins.includes(origin));
    },
  });
  // No message here is binary, and the parser would gather attachments without end before anybody is known.
  io.engine.on('connection', (connection: EngineConnection) => {
    connection.on('packet', ({ data: frame }) => {
      if (frame !== undefined && typeof frame !== 'string') connection.close(true);
    });
  });
  return io;
}

interface EngineConnection {
  on(name: 'packet', listener: (packet: { data?: unknown }) => void): unknown;
  close(discard: boolean): unknown;
}
