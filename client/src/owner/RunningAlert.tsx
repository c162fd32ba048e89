import type { OwnerAlert } from '@commonsight/types/alert';
import type { OwnerRelay } from '@commonsight/types/owner';
import { defaultAlertSettings } from '@commonsight/types/relay/alert';
import { formatClock } from '../incident/format.ts';
import { BigButton } from '../ui/public/BigButton.tsx';
import type { AlertActs } from './AlertActs.ts';
import { runningSentence, titleOf } from './alertWords.ts';
import { openDocument } from './draft/Base.ts';
import { useLeftMs } from './useLeftMs.ts';

/** An alert that arms or shares: how long it does yet, and what can be done about it. */
export function RunningAlert({ alert, relay, acts }: { alert: OwnerAlert; relay: OwnerRelay; acts: AlertActs }) {
  const leftMs = useLeftMs(alert.leftMs);
  const { mayOrder, isBusy, isEnding, order } = acts;
  const isArming = alert.stage === 'arming';
  // It was arming when the relay was heard of last: whether it was cancelled then, and how long it lasts, nobody here knows.
  const isUnknown = isArming && leftMs === 0 && !relay.isOnline;
  const { mostSeconds } = openDocument(relay.sharing?.inForce?.signed)?.alert ?? defaultAlertSettings;
  return (
    <div className="mt-3 rounded-xl border-2 border-stale p-4">
      <h3 className="m-0 text-lg font-semibold">{isUnknown ? 'The alert may run' : titleOf(alert)}</h3>
      {isUnknown ? (
        <p className="m-0 mt-1">
          Your relay is not connected. If the alert runs, it ends by itself after at most {Math.ceil(mostSeconds / 60)}{' '}
          minutes.
        </p>
      ) : (
        <>
          <p role="timer" className="figures m-0 mt-1 text-4xl font-semibold">
            {formatClock(leftMs)}
          </p>
          <p className="m-0 mt-1 text-muted">{runningSentence(alert)}</p>
          {relay.isOnline ? null : (
            <p className="m-0 mt-1">The relay is not connected. It ends the alert at its time by itself.</p>
          )}
        </>
      )}
      <div className="mt-3 flex flex-wrap gap-3">
        {mayOrder && alert.mayExtend ? (
          <BigButton look="primary" disabled={isBusy} onClick={() => order('extend')}>
            Let it go on
          </BigButton>
        ) : null}
        {mayOrder ? (
          <BigButton look={isArming ? 'primary' : 'danger'} disabled={isEnding} onClick={() => order('end')}>
            {isArming ? 'Cancel' : 'End now'}
          </BigButton>
        ) : (
          <p className="m-0">Pair this browser to end it here.</p>
        )}
      </div>
    </div>
  );
}
