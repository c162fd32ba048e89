/** Refuses a socket with a message for its client, and ends its connection when that is written. */
export function refuseSocket(
  socket: { conn: { close(): unknown } },
  next: (refusal: Error) => void,
  why: string,
): void {
  next(new Error(why));
  // socket.io writes the refusal in the next tick.
  setImmediate(() => socket.conn.close());
}
