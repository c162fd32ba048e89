import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { ControlLink } from './control/ControlLink.ts';
import { controlHandlers } from './control/controlHandlers.ts';
import type { Tell } from './control/tell.ts';
import { toWireError } from './errors.ts';
import { FlowWatch } from './health/FlowWatch.ts';
import { TrafficReport } from './health/TrafficReport.ts';
import { Consumers } from './peers/Consumers.ts';
import { Peers } from './peers/Peers.ts';
import { Routing } from './routing/Routing.ts';
import type { Uplink } from './uplinks/Uplink.ts';
import { Uplinks } from './uplinks/Uplinks.ts';
import { WorkerPool } from './workers/WorkerPool.ts';

export interface HostOptions {
  config: Omit<Config, 'logLevel'>;
  log: Logger;
}

export interface Host {
  /** Ends every worker and with them every picture. Idempotent. */
  close(): Promise<void>;
}

/** Builds the host and starts to dial the server. Throws when a worker cannot be started; no server is no error. */
export async function createHost({ config, log }: HostOptions): Promise<Host> {
  const pool = await WorkerPool.create(config, log);
  const tell: Tell = (name, payload) => link.tell(name, payload);

  const uplinks = new Uplinks(config, log);
  const peers = new Peers(pool, tell, log);
  const consumers = new Consumers(peers, uplinks, new Routing(config.uplinkPorts), tell, log);
  const flowWatch = new FlowWatch(() => uplinks.connected, tell);
  const trafficReport = new TrafficReport(() => Array.from(peers.consumers(), ({ consumer }) => consumer), tell);

  const wireError = (error: unknown) => toWireError(error, log);
  const hostId = randomUUID();
  const parts = { hostId, pool, uplinks, peers, consumers, flowWatch, toWireError: wireError };
  const link = ControlLink.open(config, controlHandlers(parts), wireError, log);

  pool.onWorkerDied = (worker) => {
    const lostUplinks = uplinks.takeFrom(worker);
    // Peers first: a consumer that is gone with its peer is told with its peer and not once more by itself.
    void peers.workerDied(worker);
    for (const uplink of lostUplinks) void tellLost(uplink);
  };

  /** An uplink is told last: the server then makes a new one, and must not take an old consumer's end for a new one's. */
  async function tellLost({ id: uplinkId, streamId }: Uplink): Promise<void> {
    await consumers.closeOfUplink(uplinkId);
    log.warn({ uplinkId, streamId }, 'uplink lost');
    tell('uplink:closed', { uplinkId, streamId, reason: 'workerDied' });
  }

  let closing: Promise<void> | undefined;
  return {
    close() {
      closing ??= (async () => {
        link.close();
        flowWatch.close();
        trafficReport.close();
        peers.closeAll();
        await pool.close();
      })();
      return closing;
    },
  };
}
