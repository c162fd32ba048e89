import type { Socket } from 'socket.io-client';

/** Resolves when the socket is connected; rejects with what the server refuses it with, and ends it then. */
export function untilConnected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
}
