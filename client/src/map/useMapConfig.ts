import { routes } from '@commonsight/types/http/routes';
import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import type { MapConfig } from './DrawnMap.tsx';

/** How maps are drawn here: null while it is asked, `unknown` when nobody answers. */
export function useMapConfig(): MapConfig | 'unknown' | null {
  const [config, setConfig] = useState<MapConfig | 'unknown' | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      const result = await call(routes.clientConfig, { signal: abort.signal });
      if (result.state === 'ok') setConfig(result.value);
      if (result.state === 'failed') setConfig('unknown');
    };
    void read();
    return () => abort.abort();
  }, []);
  return config;
}
