import { applicationRoutes } from '@commonsight/types/http/application-routes';
import type { Area, RegistryTerms } from '@commonsight/types/registration';
import { useEffect, useState } from 'react';
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
  useEffect(() => {
    const abort = new AbortController();
    void read(setReading, abort.signal);
    return () => abort.abort();
  }, []);
  return { reading, readAgain: () => void read(setReading) };
}

async function read(set: (reading: OfferReading) => void, signal?: AbortSignal): Promise<void> {
  const result = await call(applicationRoutes.readApplicationForm, signal === undefined ? {} : { signal });
  if (result.state === 'ok') set({ state: 'ready', offer: result.value });
  if (result.state === 'failed') set(result);
}
