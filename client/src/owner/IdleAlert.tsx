import type { OwnerRelay } from '@commonsight/types/owner';
import { BigButton } from '../ui/public/BigButton.tsx';
import type { AlertActs } from './AlertActs.ts';
import { idleSentence } from './alertWords.ts';
import { openDocument } from './draft/Base.ts';
import { HoldButton } from './HoldButton.tsx';

/** Before an alert: the button, and what pressing it does and does not do. */
export function IdleAlert({ relay, acts }: { relay: OwnerRelay; acts: AlertActs }) {
  const { isBusy, isEnding, order } = acts;
  const document = openDocument(relay.sharing?.inForce?.signed);
  const mayStart = relay.isOnline && document !== null && !isBusy;
  return (
    <>
      <p className="m-0 mt-1 text-muted">{idleSentence(document, relay.isOnline)}</p>
      <p className="m-0 mt-1 font-semibold">It does not replace an emergency call.</p>
      <div className="mt-3 max-w-120">
        <HoldButton disabled={!mayStart} confirmLabel="Begin the alert now" onHeld={() => order('start')}>
          Hold for an alert
        </HoldButton>
      </div>
      {isBusy ? (
        <BigButton className="mt-3" disabled={isEnding} onClick={() => order('end')}>
          Cancel
        </BigButton>
      ) : null}
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <BigButton disabled={!mayStart} onClick={() => order('test')}>
          Make a test
        </BigButton>
        <span className="flex-1 text-muted">
          A test shows you everything and opens nothing; the police hear nothing.
        </span>
      </div>
    </>
  );
}
