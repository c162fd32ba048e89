import type { OwnerRelay } from '@commonsight/types/owner';
import { nameOfKey } from '@commonsight/types/relay/sharing';
import { RelayCommand } from '../ui/RelayCommand.tsx';

/** How the relay stands, and everything that an owner has to know about it. */
export function RelayWords({
  relay,
  isConfirmed,
  ownKey,
}: {
  relay: OwnerRelay;
  isConfirmed: boolean | null;
  /** This browser's key, SPKI DER in base64url; null when the relay takes none of it. */
  ownKey: string | null;
}) {
  const { name, isOnline, sharing, waiting, refusal } = relay;
  return (
    <section aria-label="Your relay" className="mt-3 text-base">
      <p className="m-0 break-words">
        {isOnline ? `${name} is connected.` : `${name} is not connected. It goes on by what you saved last.`} It is your
        relay: the small box at your site that your cameras are connected to, and that lets out what you share alone.
      </p>
      {sharing === null ? <p className="m-0 mt-1">It has not said yet what it shares. Update its software.</p> : null}
      {sharing?.state === 'unpaired' ? (
        <p className="m-0 mt-1 font-semibold">
          No owner is paired with it: police can see every camera for an open incident
          {sharing.awaitingOwner.length === 0 ? '' : ', but for new ones, which wait for an owner'}.
        </p>
      ) : null}
      {sharing?.state === 'damaged' ? (
        <div role="alert" className="mt-1 text-stale">
          It cannot read what you share, and shares nothing. Run this at the relay to see why:
          <RelayCommand act="sharing show" />
        </div>
      ) : null}
      {sharing?.state === 'paired' && sharing.inForce === null ? (
        <p className="m-0 mt-1">An owner is paired and has shared nothing yet: police can see no camera.</p>
      ) : null}
      {isConfirmed === false ? (
        <div role="alert" className="mt-1 text-stale">
          The relay has not confirmed what this page shows as in force. Run this at the relay to see what is:
          <RelayCommand act="sharing show" />
        </div>
      ) : null}
      {isConfirmed === true && ownKey !== null ? (
        <p className="m-0 mt-1 text-muted">The relay has confirmed what is in force, signed with its own key.</p>
      ) : null}
      {ownKey === null || sharing === null ? null : (
        <>
          <p className="m-0 mt-1 text-muted">
            This browser’s key is <code>{nameOfKey(ownKey)}</code>
            {sharing.ownerKeys.length === 1 ? ', the only one' : `, one of ${sharing.ownerKeys.length}`}.
          </p>
          <details>
            <summary className="min-h-11 cursor-pointer content-center text-muted">A device is lost</summary>
            <p className="m-0">
              Take its key away at the relay. This lists the keys by their names, as each browser shows its own here:
            </p>
            <RelayCommand act="owner list" />
            <p className="m-0 mt-2">And this takes one away, with its name in place of NAME:</p>
            <RelayCommand act="owner forget --key NAME" />
          </details>
        </>
      )}
      {waiting === null ? null : (
        <output className="mt-2 block rounded-md border border-line-strong bg-surface-1 p-3">
          Your change waits for the relay and is handed over when it returns. Until then what you saved before is in
          force.
        </output>
      )}
      {refusal === null ? null : (
        <p role="alert" className="m-0 mt-2 rounded-md border-2 border-stale p-3">
          The relay did not take the change that waited: {refusal.message} On the device that made it the change is
          below again, not saved: look at what is in force now, and save again.
        </p>
      )}
    </section>
  );
}
