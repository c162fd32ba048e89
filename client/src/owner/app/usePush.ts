import { pushRoutes } from '@commonsight/types/http/push-routes';
import type { PushAct, PushSubscription as PushedBrowser } from '@commonsight/types/push';
import { useCallback, useEffect, useState } from 'react';
import { ownerCall } from '../../api/ownerCall.ts';
import type { OwnerKey } from '../ownerKey.ts';
import { allowPush, currentEndpoint, orderPush, withdrawPush } from './orderPush.ts';
import { forgetSite, keepSite, type OwnerSite, readSite, readSites } from './ownerSites.ts';
import { canPush, removeAlertButton, showAlertButton, startWorker } from './ownerWorker.ts';

export interface PushReading {
  /** Null until the server has said. */
  publicKey: string | null;
  browsers: readonly PushedBrowser[];
  /** What this browser keeps of the site; null when it keeps nothing. */
  site: OwnerSite | null;
  /** Whether messages come here: the server has this browser, and the browser takes them where the server sends them. */
  isOn: boolean;
  isBusy: boolean;
  problem: string | null;
  allow: (name: string, isDiscreet: boolean) => void;
  send: (ask: Extract<PushAct, { act: 'try' | 'end' }>) => void;
  keepAlertButton: (isKept: boolean) => void;
  /** Keeps nothing of the site any more. Not while messages come here: it stops none. */
  forget: () => void;
}

/** The push messages of a site's owner, as far as this browser has to do with them. */
export function usePush(secret: string, key: OwnerKey | null, siteName: string): PushReading {
  const [publicKey, setPublicKey] = useState<string | null>(null);
  const [browsers, setBrowsers] = useState<readonly PushedBrowser[]>([]);
  const [site, setSite] = useState<OwnerSite | null>(null);
  const [endpoint, setEndpoint] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      const result = await ownerCall(pushRoutes.readOwnerPush, secret, { signal: abort.signal });
      if (result.state === 'ok') {
        setPublicKey(result.value.publicKey);
        // Those that an owner's signature has named already stay.
        setBrowsers((known) => (known.length > 0 ? known : result.value.subscriptions));
      } else if (result.state === 'failed') setProblem(result.error.message);
      const kept = await readSite(secret).catch(() => null);
      if (abort.signal.aborted) return;
      setSite(kept);
      const registration = await startWorker().catch(() => null);
      if (registration === null || !canPush() || abort.signal.aborted) return;
      setEndpoint(await currentEndpoint(registration).catch(() => null));
      // A restart of the device takes notices away.
      if (kept?.hasAlertButton === true && kept.subscriptionId !== null && Notification.permission === 'granted') {
        await showAlertButton(registration, kept.subscriptionId).catch(() => undefined);
      }
    };
    void read();
    return () => abort.abort();
  }, [secret]);

  useEffect(() => {
    let isOver = false;
    const readNames = async (owner: OwnerKey): Promise<void> => {
      const listed = await orderPush(secret, owner, { act: 'list' });
      // Without names they are shown all the same.
      if (!isOver && typeof listed !== 'string') setBrowsers(listed.subscriptions);
    };
    if (key !== null) void readNames(key);
    return () => {
      isOver = true;
    };
  }, [secret, key]);

  const isOn =
    site !== null &&
    site.subscriptionId !== null &&
    site.endpoint === endpoint &&
    endpoint !== null &&
    browsers.some(({ id }) => id === site.subscriptionId);

  const act = useCallback(async (work: () => Promise<string | null>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    // What a browser does not let a page keep is said like any other refusal.
    setProblem(
      await work().catch(() => 'This browser could not keep it. Use it over https, and not in a private window.'),
    );
    setBusy(false);
  }, []);

  async function keep(next: OwnerSite): Promise<void> {
    await keepSite(next);
    setSite(next);
  }

  async function allow(name: string, isDiscreet: boolean): Promise<string | null> {
    if (key === null || publicKey === null) return null;
    const target = await allowPush(publicKey);
    if (typeof target === 'string') return target;
    const ordered = await orderPush(secret, key, { act: 'begin', target, name, isDiscreet });
    if (typeof ordered === 'string') return ordered;
    const { subscriptionId, subscriptions } = ordered;
    await keep({ secret, siteName, subscriptionId, endpoint: target.endpoint, hasAlertButton: false });
    setEndpoint(target.endpoint);
    setBrowsers(subscriptions);
    return null;
  }

  async function send(ask: Extract<PushAct, { act: 'try' | 'end' }>): Promise<string | null> {
    if (key === null) return null;
    const ordered = await orderPush(secret, key, ask);
    if (typeof ordered === 'string') return ordered;
    setBrowsers(ordered.subscriptions);
    if (ask.act === 'end' && ask.subscriptionId === site?.subscriptionId) {
      const registration = await startWorker();
      await removeAlertButton(registration);
      await keep({ ...site, subscriptionId: null, endpoint: null, hasAlertButton: false });
      const others = (await readSites()).filter(({ subscriptionId }) => subscriptionId !== null);
      if (others.length === 0) await withdrawPush(registration);
    }
    return null;
  }

  async function keepAlertButton(isKept: boolean): Promise<string | null> {
    if (site === null || site.subscriptionId === null) return null;
    const registration = await startWorker();
    if (isKept) await showAlertButton(registration, site.subscriptionId);
    else await removeAlertButton(registration);
    await keep({ ...site, hasAlertButton: isKept });
    return null;
  }

  async function forget(): Promise<null> {
    await forgetSite(secret);
    setSite(null);
    return null;
  }

  return {
    publicKey,
    browsers,
    site,
    isOn,
    isBusy,
    problem,
    allow: (name, isDiscreet) => void act(() => allow(name, isDiscreet)),
    send: (ask) => void act(() => send(ask)),
    keepAlertButton: (isKept) => void act(() => keepAlertButton(isKept)),
    forget: () => void act(forget),
  };
}
