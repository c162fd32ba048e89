import { useEffect, useState } from 'react';

/** What stands behind `#` in the address: a link's secret, which no server and no log sees. */
export function useFragment(): string {
  const [fragment, setFragment] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    const read = (): void => setFragment(window.location.hash.slice(1));
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return fragment;
}
