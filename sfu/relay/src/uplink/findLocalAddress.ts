import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';

/**
 * Which of this machine's addresses packets to a target leave from: the uplink listens there and nowhere else. To
 * connect a UDP socket sends nothing.
 */
export async function findLocalAddress(
  host: string,
  port: number,
): Promise<{ localAddress: string; targetAddress: string }> {
  const { address: targetAddress, family } = await lookup(host);
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    socket.connect(port, targetAddress);
    await once(socket, 'connect');
    return { localAddress: socket.address().address, targetAddress };
  } finally {
    socket.close();
  }
}
