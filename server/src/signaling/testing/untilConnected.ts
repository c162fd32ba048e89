import type { Socket } from 'socket.io-client';

/** Resolves when the socket is connected; rejects with what the server refuses it with, and ends it then. */
export function untilConnected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      socket.disconnect();
      reject(error);
    };
    socket.once('connect_error', fail);
    socket.once('connect', () => {
      // Later failures are those of a socket that dials again by itself.
      socket.off('connect_error', fail);
      resolve();
    });
  });
}
