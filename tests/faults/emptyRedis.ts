import { once } from 'node:events';
import { connect } from 'node:net';

/** Takes everything out of a Redis, as a fail-over without its memory does. */
export async function emptyRedis(url: string): Promise<void> {
  const { hostname, port, password } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  try {
    await once(socket, 'connect');
    socket.write(`AUTH ${password}\r\nFLUSHALL\r\n`);
    let heard = '';
    while ((heard.match(/\r\n/g) ?? []).length < 2) heard += String((await once(socket, 'data'))[0]);
    if (heard !== '+OK\r\n+OK\r\n') throw new Error(`Redis answered ${heard}`);
  } finally {
    socket.destroy();
  }
}
