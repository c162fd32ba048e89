import { registryRoutes } from '@commonsight/types/http/registry-routes';
import type { Area, RegistryTerms } from '@commonsight/types/registration';
import { useEffect, useState } from 'react';
import type { CallError } from '../api/CallResult.ts';
import { call } from '../api/call.ts';

export interface Registry {
  /** Without an area an agency takes no registrations; who has some there is mailed links all the same. */
  agencies: readonly { slug: string; name: string; area: Area | null }[];
  terms: readonly RegistryTerms[];
}

/** Of agencies that take registrations. */
export interface OpenRegistry extends Registry {
  agencies: readonly { slug: string; name: string; area: Area }[];
}

export type RegistryReading =
  | { state: 'reading' }
  | { state: 'failed'; error: CallError }
  | { state: 'ready'; registry: Registry };

/** The agencies and terms; `readAgain` after the terms have changed or the server was away. */
export function useRegistry(): { reading: RegistryReading; readAgain: () => void } {
  const [reading, setReading] = useState<RegistryReading>({ state: 'reading' });
  useEffect(() => {
    const abort = new AbortController();
    void read(setReading, abort.signal);
    return () => abort.abort();
  }, []);
  return { reading, readAgain: () => void read(setReading) };
}

async function read(set: (reading: RegistryReading) => void, signal?: AbortSignal): Promise<void> {
  const result = await call(registryRoutes.readRegistry, signal === undefined ? {} : { signal });
  if (result.state === 'ok') set({ state: 'ready', registry: result.value });
  if (result.state === 'failed') set({ state: 'failed', error: result.error });
}
