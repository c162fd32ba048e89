import { createSocket, type RemoteInfo } from 'node:dgram';

export interface LossyProxy {
  port: number;
  /** Of how many packets towards the target one is lost; 0 loses none. */
  loseOneOf: number;
  close(): void;
}

/** Stands between one sender and a UDP port of the loopback and loses packets on the way there. */
export async function openLossyProxy(targetPort: number): Promise<LossyProxy> {
  const front = createSocket('udp4');
  const back = createSocket('udp4');
  let sender: RemoteInfo | undefined;
  let packets = 0;
  front.on('message', (bytes, from) => {
    sender = from;
    packets += 1;
    if (proxy.loseOneOf === 0 || packets % proxy.loseOneOf !== 0) back.send(bytes, targetPort, '127.0.0.1');
  });
  back.on('message', (bytes) => {
    if (sender !== undefined) front.send(bytes, sender.port, sender.address);
  });
  await new Promise<void>((resolve) => front.bind(0, '127.0.0.1', resolve));
  const proxy: LossyProxy = {
    port: front.address().port,
    loseOneOf: 0,
    close() {
      front.close();
      back.close();
    },
  };
  return proxy;
}
