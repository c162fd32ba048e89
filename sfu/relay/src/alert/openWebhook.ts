import type { Logger } from 'pino';
import type { ListenAddress } from '../config.ts';
import type { Alerts } from './Alerts.ts';
import { AlertWebhook } from './AlertWebhook.ts';
import { readWebhookKey } from './webhookKey.ts';
import { WebhookFloor } from './WebhookFloor.ts';

interface OpenWebhook {
  /** Where it is heard; undefined while it is not. */
  readonly port: number | undefined;
  close(): Promise<void>;
}

const tryAgainMs = 5_000;

/**
 * Hears local triggers where the relay's owner wants it. After a loss of power the address may not be up yet: it is tried
 * again and again, because neither pictures nor the owner's word depend on it. Throws a sentence when there is an address
 * and no key, or one of its files is damaged.
 */
export async function openWebhook(options: {
  readonly folder: string;
  readonly listen: ListenAddress | null;
  readonly alerts: Pick<Alerts, 'act'>;
  readonly log: Logger;
}): Promise<OpenWebhook | null> {
  const { folder, listen, alerts, log } = options;
  if (listen === null) return null;
  const key = await readWebhookKey(folder);
  if (key === undefined) throw new Error('RELAY_ALERT_LISTEN is set and there is no key. Run relay alert key first.');
  const floor = await WebhookFloor.open(folder, key);
  let webhook: AlertWebhook | undefined;
  let opening = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const open = async (): Promise<void> => {
    try {
      webhook = await AlertWebhook.open({
        ...listen,
        key,
        floor,
        log,
        act: (act) => void alerts.act(act, 'webhook'),
      });
    } catch (error) {
      log.error({ err: error, ...listen }, 'local triggers are not heard yet, the address is tried again in 5 s');
      if (isClosed) return;
      timer = setTimeout(() => {
        opening = open();
      }, tryAgainMs);
    }
  };
  opening = open();
  await opening;
  return {
    get port() {
      return webhook?.port;
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await opening;
      await webhook?.close();
    },
  };
}
