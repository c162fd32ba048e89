import { join } from 'node:path';
import type { Logger } from 'pino';
import type { ListenAddress } from '../config.ts';
import { readPrivateFile } from '../readPrivateFile.ts';
import type { Alerts } from './Alerts.ts';
import { AlertWebhook } from './AlertWebhook.ts';
import { webhookKeyName } from './runAlertCommand.ts';

/** Hears local triggers where the relay's owner wants it. Throws a sentence when there is an address and no key. */
export async function openWebhook(options: {
  readonly folder: string;
  readonly listen: ListenAddress | null;
  readonly alerts: Pick<Alerts, 'act'>;
  readonly log: Logger;
}): Promise<AlertWebhook | null> {
  const { folder, listen, alerts, log } = options;
  if (listen === null) return null;
  const key = await readPrivateFile(join(folder, webhookKeyName));
  if (key === undefined) throw new Error('RELAY_ALERT_LISTEN is set and there is no key. Run relay alert key first.');
  return AlertWebhook.open({ ...listen, key: key.trim(), log, act: (act) => void alerts.act(act, 'webhook') });
}
