import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export interface LossyProxy {
  readonly port: number;
  /** How many packets it has lost. */
  readonly lost: number;
  close(): void;
}

/** A UDP hop between a relay and the far end that loses one of so many packets on the way there. */
export async function openLossyProxy(targetPort: number, loseOneOf: number): Promise<LossyProxy> {
  const near = createSocket({ type: 'udp4', recvBufferSize: 4_000_000 }).bind(0, '127.0.0.1');
  const far = createSocket({ type: 'udp4', recvBufferSize: 4_000_000 }).bind(0, '127.0.0.1');
  await Promise.all([once(near, 'listening'), once(far, 'listening')]);
  let relayPort: number | undefined;
  let seen = 0;
  let lost = 0;
  near.on('message', (packet, from) => {
    relayPort = from.port;
    seen += 1;
    if (seen % loseOneOf === 0) lost += 1;
    else far.send(packet, targetPort, '127.0.0.1');
  });
  far.on('message', (packet) => {
    if (relayPort !== undefined) near.send(packet, relayPort, '127.0.0.1');
  });
  return {
    port: near.address().port,
    get lost() {
      return lost;
    },
    close: () => {
      near.close();
      far.close();
    },
  };
}
