import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type AddressRules, isAddressAllowed } from '../rtsp/resolveAddress.ts';

/**
 * Which of this machine's addresses packets to a target leave from: the uplink listens there and nowhere else. To
 * connect a UDP socket sends nothing. The target is what the server says over the link; so its address is resolved
 * once, checked, and that one is used: the link never makes the relay send into itself, to its neighbours' metadata
 * services or to a whole network.
 */
export async function findLocalAddress(
  host: string,
  port: number,
  rules: AddressRules,
): Promise<{ localAddress: string; targetAddress: string }> {
  const { address: targetAddress, family } = await lookup(host);
  if (!isAddressAllowed(targetAddress, rules)) throw new Error('The relay does not send to the address of the uplink.');
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    socket.connect(port, targetAddress);
    await once(socket, 'connect');
    return { localAddress: socket.address().address, targetAddress };
  } finally {
    socket.close();
  }
}
