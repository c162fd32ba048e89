import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { SetupError } from '../setup/SetupError.ts';

/** Resolves with the port that was bound, or rejects with the system's error (EADDRINUSE, EACCES). */
function tryTcp(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}

function tryUdp(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve()));
  });
}

export function freePort(host = '127.0.0.1'): Promise<number> {
  return tryTcp(host, 0);
}

/** The given port if it is free, else any other. For ports that nobody types in. */
export async function freePortNear(preferred: number, host = '127.0.0.1'): Promise<number> {
  try {
    return await tryTcp(host, preferred);
  } catch {
    return freePort(host);
  }
}

/** The first of `count` ports in a row from `from` on that are all free for TCP and UDP. */
export async function freePortBlock(from: number, count: number, host = '127.0.0.1'): Promise<number> {
  for (let base = from; base + count < 65_536; base += count) {
    try {
      for (let port = base; port < base + count; port += 1) {
        await tryTcp(host, port);
        await tryUdp(host, port);
      }
      return base;
    } catch {
      // One of them is taken: the next block.
    }
  }
  throw new SetupError(`There are no ${count} free ports in a row above ${from}.`);
}

/** For the port in the address that people type: another one would not be what they asked for. */
export async function assertPortFree(port: number, host: string): Promise<void> {
  try {
    await tryTcp(host, port);
  } catch (error) {
    throw new SetupError(portSentence(port, host, errorCode(error)), { cause: error });
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function portSentence(port: number, host: string, code: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. End it, or set PORT to a free one: PORT=${port + 1} npm start`;
    case 'EACCES':
      return `Port ${port} may be opened by root only. Set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
      return `HOST is ${host}, and this machine has no such address.`;
    default:
      return `Port ${port} on ${host} cannot be opened (${code}).`;
  }
}
