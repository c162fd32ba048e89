import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** The first of `count` ports in a row on the loopback that are free for UDP and TCP. */
export async function findFreePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const checks = await Promise.all(ports.flatMap((port) => [isFreeForUdp(port), isFreeForTcp(port)]));
    if (checks.every(Boolean)) return first;
  }
  throw new Error('No free ports were found.');
}

function isFreeForUdp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}

function isFreeForTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
