import type { types } from 'mediasoup';

/**
 * Counts what a router has to do: its transports, and the producers and consumers that stand on them, pipes included.
 * It counts by mediasoup's own observers, so nobody has to remember to take off what he put on.
 */
export function countLoad(router: types.Router): () => number {
  let load = 0;
  const count = (observer: { once(name: 'close', listener: () => void): unknown }) => {
    load += 1;
    observer.once('close', () => {
      load -= 1;
    });
  };
  router.observer.on('newtransport', (transport) => {
    count(transport.observer);
    transport.observer.on('newproducer', (producer) => count(producer.observer));
    transport.observer.on('newconsumer', (consumer) => count(consumer.observer));
  });
  return () => load;
}
