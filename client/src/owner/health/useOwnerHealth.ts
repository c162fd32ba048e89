import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import type { OwnerHealth, OwnerRelay } from '@commonsight/types/owner';
import { useEffect, useState } from 'react';
import type { CallError } from '../../api/CallResult.ts';
import { ownerCall } from '../../api/ownerCall.ts';
import { repeatWhileShown } from '../../api/repeatWhileShown.ts';

/** The relay itself looks at each camera every five minutes. */
const askEveryMs = 60_000;

export type OwnerHealthReading =
  | { state: 'asking' }
  | { state: 'told'; health: OwnerHealth }
  /** Why the relay does not tell. */
  | { state: 'silent'; problem: CallError };

/** How the site's relay and cameras are, asked for at once and again while somebody looks; a relay that is away is not asked. */
export function useOwnerHealth(
  secret: string,
  relay: Pick<OwnerRelay, 'id' | 'isOnline'> | null | undefined,
): OwnerHealthReading {
  const [reading, setReading] = useState<OwnerHealthReading>({ state: 'asking' });
  const relayId = relay?.isOnline === true ? relay.id : null;
  useEffect(() => {
    if (relayId === null) return undefined;
    const ask = async (signal: AbortSignal): Promise<'goOn'> => {
      const result = await ownerCall(ownerRoutes.readOwnerHealth, secret, { signal });
      if (result.state === 'ok') setReading({ state: 'told', health: result.value });
      if (result.state === 'failed') setReading({ state: 'silent', problem: result.error });
      return 'goOn';
    };
    return repeatWhileShown({ ask, everyMs: askEveryMs }).stop;
  }, [secret, relayId]);
  if (relayId !== null) return reading;
  return { state: 'silent', problem: { code: 'relayOffline', message: '' } };
}
