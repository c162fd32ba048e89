import { applicationRoutes } from '@commonsight/types/http/application-routes';
import type { Area, RegistryTerms } from '@commonsight/types/registration';
import { useCallback, useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import type { CallError } from '../api/CallResult.ts';

export interface ApplicationOffer {
  agencies: readonly { slug: string; name: string; area: Area }[];
  terms: readonly RegistryTerms[];
}

export type OfferReading =
  | { state: 'reading' }
  | { state: 'failed'; error: CallError }
  | { state: 'ready'; offer: ApplicationOffer };

/** The agencies that take applications, and the terms; `readAgain` after these have changed or the server was away. */
export function useApplicationForm(): { reading: OfferReading; readAgain: () => void } {
  const [reading, setReading] = useState<OfferReading>({ state: 'reading' });
  const read = useCallback(async (signal?: AbortSignal): Promise<void> => {
    const result = await call(applicationRoutes.readApplicationForm, signal === undefined ? {} : { signal });
    if (result.state === 'ok') setReading({ state: 'ready', offer: result.value });
    if (result.state === 'failed') setReading(result);
  }, []);
  useEffect(() => {
    const abort = new AbortController();
    void read(abort.signal);
    return () => abort.abort();
  }, [read]);
  return { reading, readAgain: () => void read() };
}
