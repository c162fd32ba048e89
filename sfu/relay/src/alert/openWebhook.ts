import type { Logger } from 'pino';
import type { ListenAddress } from '../config.ts';
import { type KeptDoor, keepOpening } from '../local-door/keepOpening.ts';
import type { Alerts } from './Alerts.ts';
import { AlertWebhook } from './AlertWebhook.ts';
import { readWebhookKey } from './webhookKey.ts';
import { WebhookFloor } from './WebhookFloor.ts';

/**
 * Hears local triggers where the relay's owner wants it. Throws a sentence when there is an address and no key, or one of
 * its files is damaged.
 */
export async function openWebhook(options: {
  readonly folder: string;
  readonly listen: ListenAddress | null;
  readonly alerts: Pick<Alerts, 'act'>;
  readonly log: Logger;
}): Promise<KeptDoor | null> {
  const { folder, listen, alerts, log } = options;
  if (listen === null) return null;
  const key = await readWebhookKey(folder);
  if (key === undefined) throw new Error('RELAY_ALERT_LISTEN is set and there is no key. Run relay alert key first.');
  const floor = await WebhookFloor.open(folder, key);
  return keepOpening(
    () => AlertWebhook.open({ ...listen, key, floor, log, act: (act) => void alerts.act(act, 'webhook') }),
    (error) => {
      log.error({ err: error, ...listen }, 'local triggers are not heard yet, the address is tried again in 5 s');
    },
  );
}
