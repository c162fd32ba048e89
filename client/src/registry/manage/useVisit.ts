import { registryRoutes } from '@commonsight/types/http/registry-routes';
import type { OwnRegistration } from '@commonsight/types/registration';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import type { CallError } from '../../api/CallResult.ts';
import { forgetFootageVisit } from '../../footage/answer/footageVisit.ts';
import { openOnce } from '../../visit/openOnce.ts';
import { tabStorage } from '../../visit/safeStorage.ts';
import { takeSecretOfLink } from '../../visit/takeSecretOfLink.ts';
import { useLink } from '../../visit/useLink.ts';
import { forgetVisit, isOver, managePath, openLink, readVisit, type Visit, visitHeaders } from './visit.ts';

export type VisitReading =
  | { state: 'opening' }
  /** There is no visit; `why`: what has become of the link or visit there was. */
  | { state: 'none'; why: 'noLink' | 'closed' | 'ended' | 'left' }
  | { state: 'failed'; error: CallError }
  | { state: 'open'; visit: Visit; isVerified: boolean; registrations: readonly OwnRegistration[] };

/** Of a link that was not answered: it may not have been used, and stands in the address no more. */
let unansweredSecret: string | null = null;

const open = openOnce(async (): Promise<VisitReading> => {
  const secret = takeSecretOfLink(managePath) ?? unansweredSecret;
  unansweredSecret = null;
  if (secret === null) {
    const visit = readVisit(tabStorage);
    return visit === null ? { state: 'none', why: 'noLink' } : readRegistrations(visit, false);
  }
  const opened = await openLink(secret, tabStorage);
  if (opened.state === 'ok') return readRegistrations(opened.value.visit, opened.value.verifiedId !== null);
  if (opened.state === 'aborted') return { state: 'opening' };
  if (opened.error.code === 'codeNotAccepted') return { state: 'none', why: 'closed' };
  unansweredSecret = secret;
  return { state: 'failed', error: opened.error };
});

async function readRegistrations(visit: Visit, isVerified: boolean): Promise<VisitReading> {
  const result = await call(registryRoutes.listOwnRegistrations, { headers: visitHeaders(visit) });
  if (result.state === 'ok') return { state: 'open', visit, isVerified, ...result.value };
  if (result.state === 'aborted') return { state: 'opening' };
  if (result.error.code !== 'notSignedIn') return { state: 'failed', error: result.error };
  forgetVisit(tabStorage);
  return { state: 'none', why: 'ended' };
}

/** Of a visit that has ended before its time nothing is left: it goes with its last registration. */
function leftOf(now: VisitReading, visit: Visit): readonly OwnRegistration[] | null {
  if (now.state === 'open') return now.registrations;
  return now.state === 'none' && !isOver(visit, Date.now()) ? [] : null;
}

/** The own registrations, by the link in the address or by the visit of this tab. */
export function useVisit() {
  const [reading, setReading] = useState<VisitReading>({ state: 'opening' });
  useLink(open, setReading);
  const retry = (): void => {
    setReading({ state: 'opening' });
    void open().then(setReading);
  };
  /** What is left by the server's word; null, and what is shown stays, when it gives none. */
  const readLeft = async (visit: Visit): Promise<readonly OwnRegistration[] | null> => {
    const now = await readRegistrations(visit, false);
    if (now.state === 'open') replace(() => now.registrations);
    if (now.state === 'none') setReading(now);
    return leftOf(now, visit);
  };
  const replace = (to: (before: readonly OwnRegistration[]) => readonly OwnRegistration[]): void =>
    setReading((before) => (before.state === 'open' ? { ...before, registrations: to(before.registrations) } : before));
  const change = (id: string, to: OwnRegistration | null): void =>
    replace((before) => before.flatMap((each) => (each.id === id ? (to ?? []) : each)));
  const end = (why: 'ended' | 'left'): void => {
    if (why === 'left' && reading.state === 'open') {
      void call(registryRoutes.endRegistrantSession, { headers: visitHeaders(reading.visit) });
      // What was opened from here is closed with it: somebody else may use this browser next.
      forgetFootageVisit(tabStorage);
    }
    forgetVisit(tabStorage);
    setReading({ state: 'none', why });
  };
  return { reading, retry, readLeft, change, replace, end };
}
