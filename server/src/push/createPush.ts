import type { Audit } from '../audit/Audit.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/Database.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { Logger } from '../logger.ts';
import type { OwnerDoor } from '../sharing/OwnerDoor.ts';
import { PushDelivery } from './PushDelivery.ts';
import { PushKeys } from './PushKeys.ts';
import { PushMessages, putTrial } from './PushMessages.ts';
import { PushSubscriptions } from './PushSubscriptions.ts';

/** The services of push messages to owners. */
export type PushServices = Awaited<ReturnType<typeof createPush>>;

export async function createPush(parts: {
  db: Db;
  audit: Audit;
  links: OpenLinks;
  door: OwnerDoor;
  config: Pick<Config, 'dataDir' | 'publicUrl' | 'mail' | 'isLoopbackPushAllowed'>;
  logger: Pick<Logger, 'warn'>;
}) {
  const { config } = parts;
  const keys = await PushKeys.create(config.dataDir);
  const common = { ...parts, keys, rules: { isLoopbackAllowed: config.isLoopbackPushAllowed } };
  const wake = () => delivery.wake();
  const subscriptions = new PushSubscriptions({ ...common, putTrial, wake });
  const messages = new PushMessages({ ...common, subscriptions, wake });
  const delivery: PushDelivery = new PushDelivery({ ...common, subscriptions, contact: contactOf(config) });
  return { subscriptions, messages, delivery };
}

/** Without an address of its own a training city says that it has none: its push service is its own. */
function contactOf({ mail, publicUrl }: Pick<Config, 'mail' | 'publicUrl'>): string {
  if (mail !== undefined) return `mailto:${mail.from}`;
  return publicUrl.startsWith('https:') ? publicUrl : 'mailto:nobody@commonsight.invalid';
}
