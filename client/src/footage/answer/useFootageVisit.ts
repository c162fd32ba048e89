import type { AskedFootage, FootageSession } from '@commonsight/types/footage';
import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { registrantSecretSchema } from '@commonsight/types/registration';
import { useCallback, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import type { CallError } from '../../api/CallResult.ts';
import { openOnce } from '../../visit/openOnce.ts';
import { tabStorage } from '../../visit/safeStorage.ts';
import { takeSecretOfLink } from '../../visit/takeSecretOfLink.ts';
import { useLink } from '../../visit/useLink.ts';
import { footageHeaders, footagePath, keepFootageVisit, readFootageVisit } from './footageVisit.ts';

export type FootageReading =
  | { state: 'opening' }
  /** `linkSecret`: of the link that did not open or whose visit is over, with which another one can be asked for. */
  | { state: 'none'; why: 'closed' | 'ended'; linkSecret: string | null }
  | { state: 'failed'; error: CallError }
  | { state: 'open'; visit: FootageSession; asked: AskedFootage };

/** Of a link that was not answered: it may not have been used, and stands in the address no more. */
let unansweredSecret: string | null = null;

const open = openOnce(async (): Promise<FootageReading> => {
  const secret = takeSecretOfLink(footagePath) ?? unansweredSecret;
  if (secret === null) {
    const { visit, linkSecret } = readFootageVisit(tabStorage);
    return visit === null ? { state: 'none', why: 'closed', linkSecret } : read(visit);
  }
  unansweredSecret = null;
  if (!registrantSecretSchema.safeParse(secret).success) return { state: 'none', why: 'closed', linkSecret: null };
  // A link that is opened now is another visit, also when it opens nothing.
  keepFootageVisit(tabStorage, { visit: null, linkSecret: secret });
  const opened = await call(footageRoutes.openFootageLink, { body: { secret } });
  if (opened.state === 'ok') {
    keepFootageVisit(tabStorage, { visit: opened.value, linkSecret: secret });
    return read(opened.value);
  }
  if (opened.state === 'aborted') return { state: 'opening' };
  if (opened.error.code === 'codeNotAccepted') return { state: 'none', why: 'closed', linkSecret: secret };
  unansweredSecret = secret;
  return { state: 'failed', error: opened.error };
});

async function read(visit: FootageSession): Promise<FootageReading> {
  const result = await call(footageRoutes.readAskedFootage, { headers: footageHeaders(visit) });
  if (result.state === 'ok') return { state: 'open', visit, asked: result.value };
  if (result.state === 'aborted') return { state: 'opening' };
  if (result.error.code !== 'notSignedIn') return { state: 'failed', error: result.error };
  return over();
}

function over(): FootageReading {
  return { state: 'none', why: 'ended', linkSecret: readFootageVisit(tabStorage).linkSecret };
}

/** The request that somebody was asked, by the link in the address or by what this tab has opened. */
export function useFootageVisit() {
  const [reading, setReading] = useState<FootageReading>({ state: 'opening' });
  useLink(open, setReading);
  const retry = useCallback(() => {
    setReading({ state: 'opening' });
    void open().then(setReading);
  }, []);
  /** How often it was read or changed: what was asked before the last time is not shown any more. */
  const changes = useRef(0);
  const replace = useCallback((asked: AskedFootage) => {
    changes.current += 1;
    setReading((before) => (before.state === 'open' ? { ...before, asked } : before));
  }, []);
  /** What is shown stays when that fails: uploads go on below it. */
  const readAgain = useCallback(async (visit: FootageSession) => {
    changes.current += 1;
    const change = changes.current;
    const now = await read(visit);
    if (change !== changes.current) return;
    const isAnswer = now.state === 'open' || now.state === 'none';
    setReading((before) => (before.state === 'open' && !isAnswer ? before : now));
  }, []);
  const end = useCallback(() => setReading(over()), []);
  return { reading, retry, replace, readAgain, end };
}
