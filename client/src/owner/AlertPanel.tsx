import type { OwnerAlert } from '@commonsight/types/alert';
import type { Ledger } from '@commonsight/types/ledger';
import type { OwnerRelay } from '@commonsight/types/owner';
import type { AlertAct } from '@commonsight/types/relay/alert';
import { useRef, useState } from 'react';
import { BigButton } from '../ui/public/BigButton.tsx';
import type { AlertActs } from './AlertActs.ts';
import { AlertReceipt } from './AlertReceipt.tsx';
import { announcementOf } from './alertWords.ts';
import { IdleAlert } from './IdleAlert.tsx';
import { orderAlert } from './orderAlert.ts';
import type { OwnerKey } from './ownerKey.ts';
import { RunningAlert } from './RunningAlert.tsx';

interface AlertPanelProps {
  secret: string;
  relay: OwnerRelay;
  /** Null: this browser may look and not order. */
  ownerKey: OwnerKey | null;
  /** Null: what was read of it may be old. */
  ledger: Ledger | null;
  onChanged: (alert: OwnerAlert) => void;
}

/** How the last order went, when that is not seen by the alert itself. */
interface Outcome {
  words: string;
  kind: 'done' | 'failed' | 'unknown';
}

/** The owner's alert: the button, its countdown, what can be done about it, and its receipt. */
export function AlertPanel({ secret, relay, ownerKey, ledger, onChanged }: AlertPanelProps) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  /** The acts that are on their way. An end waits for no other: a start that comes after it is void. */
  const [sending, setSending] = useState<readonly AlertAct[]>([]);
  const heading = useRef<HTMLHeadingElement>(null);
  const { alert } = relay;
  const running = alert === null || alert.endedAt !== null ? null : alert;

  async function order(act: AlertAct): Promise<void> {
    if (ownerKey === null || sending.includes(act)) return;
    setSending((now) => [...now, act]);
    setOutcome(null);
    const ordered = await orderAlert(secret, ownerKey, act);
    setSending((now) => now.filter((other) => other !== act));
    if (ordered.state === 'failed') {
      setOutcome({ words: ordered.problem, kind: ordered.isUnknown ? 'unknown' : 'failed' });
      return;
    }
    if (ordered.alert !== null) onChanged(ordered.alert);
    if (act === 'end' && running === null) {
      setOutcome({ words: 'No alert runs: your relay has signed it.', kind: 'done' });
    }
    // What was pressed goes away; the buttons that come now are next from here, and no key that is still held presses one.
    heading.current?.focus();
  }

  const acts: AlertActs = {
    mayOrder: ownerKey !== null,
    isBusy: sending.some((act) => act !== 'end'),
    isEnding: sending.includes('end'),
    order: (act) => void order(act),
  };
  if (ownerKey === null && alert === null) return null;
  return (
    <section aria-labelledby="alert" className="mt-6 text-base">
      <h2 id="alert" ref={heading} tabIndex={-1} className="m-0 text-lg font-semibold">
        Alert
      </h2>
      {/* Always there, so that each stage and the end are read out once; the seconds are not. */}
      <output className="sr-only">{alert === null ? '' : announcementOf(alert)}</output>
      {running === null ? (
        ownerKey === null ? null : (
          <IdleAlert relay={relay} acts={acts} />
        )
      ) : (
        <RunningAlert key={running.id} alert={running} relay={relay} acts={acts} />
      )}
      {sending.length === 0 ? null : <p className="m-0 mt-2 text-muted">Sending to your relay…</p>}
      {outcome === null ? null : (
        <div role={outcome.kind === 'done' ? 'status' : 'alert'} className="mt-2">
          <p className={outcome.kind === 'done' ? 'm-0' : 'm-0 text-stale'}>{outcome.words}</p>
          {outcome.kind === 'unknown' && running === null ? (
            <BigButton className="mt-2" disabled={acts.isEnding} onClick={() => acts.order('end')}>
              Make sure that no alert runs
            </BigButton>
          ) : null}
        </div>
      )}
      {running === null
        ? receiptsOf(relay).map((over, at) => (
            <AlertReceipt
              key={over.id}
              label={at === 0 ? 'Receipt of the last alert' : 'Receipt of the alert before'}
              alert={over}
              ledger={ledger}
            />
          ))
        : null}
    </section>
  );
}

/** What is over: the last one and, behind a test or one that was cancelled, the last one that shared cameras. */
function receiptsOf({ alert, lastReal }: OwnerRelay): OwnerAlert[] {
  const both = [alert, lastReal?.id === alert?.id ? null : lastReal];
  return both.flatMap((one) => (one === null || one.endedAt === null ? [] : [one]));
}
