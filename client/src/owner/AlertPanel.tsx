import type { OwnerAlert } from '@commonsight/types/alert';
import type { Ledger } from '@commonsight/types/ledger';
import type { OwnerRelay } from '@commonsight/types/owner';
import type { AlertAct } from '@commonsight/types/relay/alert';
import { useState } from 'react';
import { formatClock } from '../incident/format.ts';
import { BigButton } from '../registry/BigButton.tsx';
import { AlertReceipt } from './AlertReceipt.tsx';
import { HoldButton } from './HoldButton.tsx';
import { orderAlert } from './orderAlert.ts';
import type { OwnerKey } from './ownerKey.ts';
import { useLeftMs } from './useLeftMs.ts';

interface AlertPanelProps {
  secret: string;
  relay: OwnerRelay;
  /** Null: this browser may look and not order. */
  ownerKey: OwnerKey | null;
  ledger: Ledger;
  onChanged: (relay: OwnerRelay) => void;
}

/** The owner's alert: the button, its countdown, what can be done about it, and its receipt. */
export function AlertPanel({ secret, relay, ownerKey, ledger, onChanged }: AlertPanelProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { alert } = relay;
  const running = alert === null || alert.endedAt !== null ? null : alert;

  async function order(act: AlertAct): Promise<void> {
    if (ownerKey === null) return;
    setBusy(true);
    setProblem(null);
    const answer = await orderAlert(secret, ownerKey, act);
    setBusy(false);
    if (typeof answer === 'string') setProblem(answer);
    else onChanged({ ...relay, alert: answer });
  }

  const buttons = { isBusy: isBusy || ownerKey === null, order: (act: AlertAct) => void order(act) };
  return (
    <section aria-labelledby="alert" className="mt-6 text-base">
      <h2 id="alert" className="m-0 text-lg font-semibold">
        Alert
      </h2>
      {running === null ? (
        <Idle relay={relay} {...buttons} />
      ) : (
        <Running key={running.id} alert={running} isOnline={relay.isOnline} {...buttons} />
      )}
      {problem === null ? null : (
        <p role="alert" className="m-0 mt-2 text-stale">
          {problem}
        </p>
      )}
      {alert !== null && running === null ? <AlertReceipt alert={alert} ledger={ledger} /> : null}
    </section>
  );
}

interface Acts {
  isBusy: boolean;
  order: (act: AlertAct) => void;
}

function Idle({ relay, isBusy, order }: Acts & { relay: OwnerRelay }) {
  const hasDocument = (relay.sharing?.inForce ?? null) !== null;
  const mayStart = relay.isOnline && hasDocument;
  return (
    <>
      <p className="m-0 mt-1 text-muted">
        {hasDocument
          ? 'Opens the cameras that you share only on alert, and calls the police’s attention. Hold for two seconds; you can cancel for five.'
          : 'Say first which cameras are shared only on alert.'}
      </p>
      <div className="mt-3 max-w-120">
        <HoldButton disabled={isBusy || !mayStart} onHeld={() => order('start')}>
          Hold for an alert
        </HoldButton>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <BigButton disabled={isBusy || !mayStart} onClick={() => order('test')}>
          Make a test
        </BigButton>
        <span className="flex-1 text-muted">
          A test shows you everything and opens nothing; the police hear nothing.
        </span>
      </div>
    </>
  );
}

function Running({ alert, isOnline, isBusy, order }: Acts & { alert: OwnerAlert; isOnline: boolean }) {
  const leftMs = useLeftMs(alert.leftMs);
  const isArming = alert.stage === 'arming';
  return (
    <div className="mt-3 rounded-xl border-2 border-stale p-4">
      {/* Each stage is read out once; the seconds are not. */}
      <output className="block text-lg font-semibold">{titleOf(alert)}</output>
      <p role="timer" className="figures m-0 mt-1 text-4xl font-semibold">
        {formatClock(leftMs)}
      </p>
      <p className="m-0 mt-1 text-muted">{sentenceOf(alert)}</p>
      {isOnline ? null : (
        <p className="m-0 mt-1">The relay is not connected. It ends the alert at its time by itself.</p>
      )}
      <div className="mt-3 flex flex-wrap gap-3">
        {alert.mayExtend ? (
          <BigButton look="primary" disabled={isBusy} onClick={() => order('extend')}>
            Let it go on
          </BigButton>
        ) : null}
        <BigButton look={isArming ? 'primary' : 'danger'} disabled={isBusy} onClick={() => order('end')}>
          {isArming ? 'Cancel' : 'End now'}
        </BigButton>
      </div>
    </div>
  );
}

function titleOf({ stage, isTest }: OwnerAlert): string {
  const what = isTest ? 'Test alert' : 'Alert';
  if (stage === 'arming') return `${what} begins in a moment`;
  return stage === 'extensionAsked' ? `${what} ends soon` : `${what} runs`;
}

function sentenceOf({ stage, isTest, mayExtend }: OwnerAlert): string {
  if (stage === 'arming') return isTest ? 'Nothing will be opened.' : 'Nothing is shared yet.';
  if (isTest) return 'In a real alert police could see your cameras that are shared on alert. Now they cannot.';
  if (stage === 'extensionAsked') {
    return mayExtend ? 'Do you need more time?' : 'It has reached the longest time that you allow.';
  }
  return 'Police can see your cameras that are shared on alert, for an open incident.';
}
