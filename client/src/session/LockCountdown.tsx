import { useRouteContext } from '@tanstack/react-router';
import { useStore } from 'zustand';
import { useServerNowMs } from '../incident/ticking.ts';
import { ownSession } from '../state/session.ts';
import { lockWords } from './lockWords.ts';

/** When the session locks unless somebody does something; nothing for one that never locks. */
export function LockCountdown() {
  const { signedIn } = useRouteContext({ from: '__root__' });
  const locksAt = useStore(signedIn.session, (state) => ownSession(state)?.locksAt ?? null);
  const nowMs = useServerNowMs();
  if (locksAt === null) return null;
  return <span className="max-md:hidden">{lockWords(Date.parse(locksAt) - nowMs)}</span>;
}
