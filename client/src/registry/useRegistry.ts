import { registryRoutes } from '@commonsight/types/http/registry-routes';
import type { Area, RegistryTerms } from '@commonsight/types/registration';
import { useEffect, useState } from 'react';
import type { CallError } from '../api/CallResult.ts';
import { call } from '../api/call.ts';

export interface Registry {
  agencies: readonly { slug: string; name: string; area: Area }[];
  terms: readonly RegistryTerms[];
}

export type RegistryReading =
  | { state: 'reading' }
  | { state: 'failed'; error: CallError }
  | { state: 'ready'; registry: Registry };

/** The agencies and terms; `readAgain` after the terms have changed or the server was away. */
export function useRegistry(): { reading: RegistryReading; readAgain: () => void } {
  const [reading, setReading] = useState<RegistryReading>({ state: 'reading' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    void call(registryRoutes.readRegistry, { signal: abort.signal }).then((result) => {
      if (result.state === 'ok') setReading({ state: 'ready', registry: result.value });
      if (result.state === 'failed') setReading({ state: 'failed', error: result.error });
    });
    return () => abort.abort();
  }, [turn]);
  return { reading, readAgain: () => setTurn((before) => before + 1) };
}
