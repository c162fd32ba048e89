import { useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import type { OwnerKey } from '../ownerKey.ts';
import { OwnerField } from '../OwnerField.tsx';
import { PushedBrowsers } from './PushedBrowsers.tsx';
import { browserName, needsHomeScreen } from './browserName.ts';
import { canPush } from './ownerWorker.ts';
import { isStandalone } from './useOwnerApp.ts';
import { type PushReading, usePush } from './usePush.ts';

interface PushPanelProps {
  secret: string;
  siteName: string;
  /** Null: this browser is not the owner's, and gets no push messages. */
  ownerKey: OwnerKey | null;
}

/** Push messages to this browser: what they are, how they are allowed, tried and stopped. */
export function PushPanel({ secret, siteName, ownerKey }: PushPanelProps) {
  const push = usePush(secret, ownerKey, siteName);
  const { browsers, isOn, isBusy, problem, site, send } = push;
  return (
    <section aria-labelledby="push" className="mt-8 text-base">
      <h2 id="push" className="m-0 text-lg font-semibold">
        Push messages to your devices
      </h2>
      {isOn ? <On push={push} /> : <Off push={push} ownerKey={ownerKey} />}
      {problem === null ? null : (
        <p role="alert" className="m-0 mt-2 text-stale">
          {problem}
        </p>
      )}
      <PushedBrowsers
        browsers={browsers}
        ownId={isOn ? (site?.subscriptionId ?? null) : null}
        mayEnd={ownerKey !== null && !isBusy}
        onEnd={(subscriptionId) => send({ act: 'end', subscriptionId })}
      />
    </section>
  );
}

function Off({ push, ownerKey }: { push: PushReading; ownerKey: OwnerKey | null }) {
  const { publicKey, isBusy, site, allow, forget } = push;
  const { userAgent, maxTouchPoints } = navigator;
  const [name, setName] = useState(() => browserName(userAgent));
  const [isDiscreet, setDiscreet] = useState(false);
  if (needsHomeScreen({ userAgent, touchPoints: maxTouchPoints, isStandalone: isStandalone() })) {
    return (
      <p className="m-0 mt-1">On this device push messages come to the app on the home screen alone. Add it first.</p>
    );
  }
  if (!canPush()) return <p className="m-0 mt-1">This browser cannot get push messages.</p>;
  if (ownerKey === null) {
    return (
      <p className="m-0 mt-1">Pair this browser with your relay first: push messages go to your own devices alone.</p>
    );
  }
  const hasStopped = site !== null && site.subscriptionId !== null;
  return (
    <>
      {hasStopped ? (
        <p role="alert" className="m-0 mt-1 text-stale">
          Push messages to this device have stopped. Allow them again.
        </p>
      ) : null}
      <p className="m-0 mt-1">This device is told, also while the page is closed:</p>
      <ul className="m-0 mt-1 list-disc pl-5">
        <li>when an alert begins, and by whom; when it is about to end; when its receipt is there</li>
        <li>when police ask for recordings</li>
        <li>when a camera or the relay has been out of reach for half an hour</li>
      </ul>
      <p className="m-0 mt-1 text-muted">
        They go through your browser’s push service, which sees when one comes and cannot read it. They can be late or
        get lost. You can stop them here at any time, or in the browser’s settings for this page. This device remembers
        your link for them.
      </p>
      <OwnerField
        className="mt-3 max-w-96"
        label="Name of this device"
        value={name}
        maxLength={60}
        onChange={({ target }) => setName(target.value)}
      />
      <label className="mt-2 flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          checked={isDiscreet}
          onChange={({ target }) => setDiscreet(target.checked)}
          className="size-5 shrink-0"
        />
        Discreet: the screen says only that there is something to read
      </label>
      <BigButton
        look="primary"
        className="mt-3"
        disabled={isBusy || publicKey === null || name.trim() === ''}
        onClick={() => allow(name.trim(), isDiscreet)}
      >
        {isBusy ? 'Asking…' : 'Allow push messages on this device'}
      </BigButton>
      {site === null || hasStopped ? null : (
        <p className="m-0 mt-4 flex flex-wrap items-center gap-3">
          This device remembers your link.
          <BigButton disabled={isBusy} onClick={forget}>
            Forget it
          </BigButton>
        </p>
      )}
    </>
  );
}

function On({ push }: { push: PushReading }) {
  const { site, browsers, isBusy, send, keepAlertButton } = push;
  const own = browsers.find(({ id }) => id === site?.subscriptionId);
  if (site === null || own === undefined) return null;
  return (
    <>
      <output className="mt-1 block">Push messages come to this device{own.isDiscreet ? ', discreetly' : ''}.</output>
      <div className="mt-3 flex flex-wrap gap-3">
        <BigButton disabled={isBusy} onClick={() => send({ act: 'try', subscriptionId: own.id })}>
          Send one to try
        </BigButton>
        <BigButton disabled={isBusy} onClick={() => send({ act: 'end', subscriptionId: own.id })}>
          Stop push messages here
        </BigButton>
      </div>
      <label className="mt-2 flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          checked={site.hasAlertButton}
          disabled={isBusy}
          onChange={({ target }) => keepAlertButton(target.checked)}
          className="size-5 shrink-0"
        />
        Keep a button among this device’s notices that opens the page at the alert
      </label>
    </>
  );
}
