import { useEffect } from 'react';

/** Opens what the address names, and anew when another link is opened in this tab: that changes only what stands behind `#`. */
export function useLink<T>(open: () => Promise<T>, show: (opened: T) => void): void {
  useEffect(() => {
    let isShown = true;
    const read = async (): Promise<void> => {
      const opened = await open();
      if (isShown) show(opened);
    };
    void read();
    const readAnew = (): void => {
      if (window.location.hash !== '') void read();
    };
    window.addEventListener('hashchange', readAnew);
    return () => {
      isShown = false;
      window.removeEventListener('hashchange', readAnew);
    };
  }, [open, show]);
}
