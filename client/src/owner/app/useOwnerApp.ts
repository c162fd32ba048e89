import { useEffect, useState } from 'react';

/** A browser's offer to install the page; the types of pages do not know it. */
interface InstallOffer extends Event {
  prompt: () => Promise<unknown>;
}

const links = [
  { rel: 'manifest', href: '/owner.webmanifest' },
  // Apple's systems read no icon from a manifest.
  { rel: 'apple-touch-icon', href: '/owner-icon-full-180.png' },
];

/** Makes this page, and no other of the client, one that can be installed; with the browser's offer once it makes one. */
export function useOwnerApp(): { offer: InstallOffer | null; forgetOffer: () => void } {
  const [offer, setOffer] = useState<InstallOffer | null>(null);
  useEffect(() => {
    const added = links.map((link) => Object.assign(document.createElement('link'), link));
    document.head.append(...added);
    const keep = (offered: Event): void => {
      // The page asks at its own place, after a press.
      offered.preventDefault();
      setOffer(offered as InstallOffer);
    };
    const forget = (): void => setOffer(null);
    window.addEventListener('beforeinstallprompt', keep);
    window.addEventListener('appinstalled', forget);
    return () => {
      for (const link of added) link.remove();
      window.removeEventListener('beforeinstallprompt', keep);
      window.removeEventListener('appinstalled', forget);
    };
  }, []);
  return { offer, forgetOffer: () => setOffer(null) };
}

/** Whether the page runs as an app of its own. */
export function isStandalone(): boolean {
  return window.matchMedia('(display-mode: standalone)').matches;
}
