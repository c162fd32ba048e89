import type { AskedFootage, FootageSession } from '@commonsight/types/footage';
import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { registrantSecretSchema } from '@commonsight/types/registration';
import { useCallback, useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import type { CallError } from '../../api/CallResult.ts';
import {
  footageHeaders,
  forgetFootageVisit,
  keepFootageVisit,
  readFootageVisit,
  takeFootageSecret,
} from './footageVisit.ts';

export type FootageReading =
  | { state: 'opening' }
  /** `linkSecret`: of the link that did not open, with which another one can be asked for. */
  | { state: 'none'; why: 'closed' | 'ended'; linkSecret: string | null }
  | { state: 'failed'; error: CallError }
  | { state: 'open'; visit: FootageSession; asked: AskedFootage };

/** The secret of the link by which this page was opened, while the page lives: it mails another link when this one is over. */
let lastLinkSecret: string | null = null;

/** Each link opens once, and React mounts twice in development: the first opening is everybody's. */
let opening: Promise<FootageReading> | null = null;

async function open(): Promise<FootageReading> {
  const secret = takeFootageSecret();
  if (secret === null) {
    const visit = readFootageVisit(sessionStorage);
    return visit === null ? { state: 'none', why: 'closed', linkSecret: lastLinkSecret } : read(visit);
  }
  if (!registrantSecretSchema.safeParse(secret).success) return { state: 'none', why: 'closed', linkSecret: null };
  lastLinkSecret = secret;
  forgetFootageVisit(sessionStorage);
  const opened = await call(footageRoutes.openFootageLink, { body: { secret } });
  if (opened.state === 'ok') {
    keepFootageVisit(sessionStorage, opened.value);
    return read(opened.value);
  }
  if (opened.state === 'aborted') return { state: 'opening' };
  if (opened.error.code === 'codeNotAccepted') return { state: 'none', why: 'closed', linkSecret: secret };
  return { state: 'failed', error: opened.error };
}

async function read(visit: FootageSession): Promise<FootageReading> {
  const result = await call(footageRoutes.readAskedFootage, { headers: footageHeaders(visit) });
  if (result.state === 'ok') return { state: 'open', visit, asked: result.value };
  if (result.state === 'aborted') return { state: 'opening' };
  if (result.error.code !== 'notSignedIn') return { state: 'failed', error: result.error };
  return { state: 'none', why: 'ended', linkSecret: lastLinkSecret };
}

/** The request that somebody was asked, by the link in the address or by what this tab has opened. */
export function useFootageVisit() {
  const [reading, setReading] = useState<FootageReading>({ state: 'opening' });
  useEffect(() => {
    let isShown = true;
    const show = async (): Promise<void> => {
      opening ??= open();
      const result = await opening;
      opening = null;
      if (isShown) setReading(result);
    };
    void show();
    const readAnew = (): void => {
      if (window.location.hash !== '') void show();
    };
    window.addEventListener('hashchange', readAnew);
    return () => {
      isShown = false;
      window.removeEventListener('hashchange', readAnew);
    };
  }, []);
  const replace = useCallback(
    (asked: AskedFootage) => setReading((before) => (before.state === 'open' ? { ...before, asked } : before)),
    [],
  );
  const readAgain = useCallback(async (visit: FootageSession) => setReading(await read(visit)), []);
  return { reading, replace, readAgain };
}
