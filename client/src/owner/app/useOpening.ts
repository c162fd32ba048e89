import { useCallback, useEffect, useState } from 'react';
import { readSites, siteFor } from './ownerSites.ts';
import { listenToWorker, type Opening, openingSchema } from './ownerWorker.ts';

/** What the address opens the page for: `?ask=extend&subscription=…`, as the worker and the app's shortcut open it. */
export function openingOf(search: string): Opening | null {
  const asked = new URLSearchParams(search);
  const opening = openingSchema.safeParse({ question: asked.get('ask'), subscriptionId: asked.get('subscription') });
  return opening.success ? opening.data : null;
}

/**
 * What a message or the app's shortcut has opened the page for, until it was seen to; and the page is brought to the site of
 * the message, when this browser remembers it.
 */
export function useOpening(secret: string): { opening: Opening | null; close: () => void } {
  const [opening, setOpening] = useState(() => openingOf(window.location.search));
  useEffect(() => {
    // Left in the address it would be asked again by a reload.
    if (window.location.search !== '') {
      window.history.replaceState(window.history.state, '', window.location.pathname + window.location.hash);
    }
    return listenToWorker(setOpening);
  }, []);
  const subscriptionId = opening?.subscriptionId ?? null;
  useEffect(() => {
    if (subscriptionId === null) return undefined;
    let isOver = false;
    const goThere = async (): Promise<void> => {
      const named = siteFor(await readSites(), subscriptionId);
      if (isOver || named === null || named.subscriptionId !== subscriptionId || named.secret === secret) return;
      window.location.hash = named.secret;
    };
    goThere().catch(() => undefined);
    return () => {
      isOver = true;
    };
  }, [subscriptionId, secret]);
  const close = useCallback(() => setOpening(null), []);
  return { opening, close };
}
