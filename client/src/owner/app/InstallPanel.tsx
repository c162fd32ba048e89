import { useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { needsHomeScreen } from './browserName.ts';
import { keepSite, readSite } from './ownerSites.ts';
import { isStandalone, useOwnerApp } from './useOwnerApp.ts';

/** Puts the page among the device's apps, which is where some systems give messages at all. */
export function InstallPanel({ secret, siteName }: { secret: string; siteName: string }) {
  const { offer, forgetOffer } = useOwnerApp();
  const [problem, setProblem] = useState<string | null>(null);
  const isApp = isStandalone();
  const { userAgent, maxTouchPoints } = navigator;
  const isByHand = needsHomeScreen({ userAgent, touchPoints: maxTouchPoints, isStandalone: isApp });

  async function install(): Promise<void> {
    try {
      const before = await readSite(secret);
      const fresh = { secret, siteName, subscriptionId: null, endpoint: null, hasAlertButton: false };
      await keepSite(before ?? fresh);
      await offer?.prompt();
      forgetOffer();
    } catch {
      setProblem('This browser could not keep your link. Install the page outside a private window.');
    }
  }

  if (isApp || (offer === null && !isByHand)) return null;
  return (
    <section aria-labelledby="install" className="mt-8 text-base">
      <h2 id="install" className="m-0 text-lg font-semibold">
        As an app
      </h2>
      {isByHand ? (
        <>
          <p className="m-0 mt-1">
            Open the share menu and choose Add to Home Screen. The app keeps things apart from the browser: it asks for
            your link once, and is paired by a code of its own.
          </p>
          <div className="mt-3">
            <CopyButton text={window.location.href} label="Copy my link" />
          </div>
        </>
      ) : (
        <>
          <p className="m-0 mt-1">
            The page gets a place among your apps. This device then remembers your link: whoever can open the device can
            open the page.
          </p>
          <BigButton className="mt-3" onClick={() => void install()}>
            Install
          </BigButton>
        </>
      )}
      {problem === null ? null : (
        <p role="alert" className="m-0 mt-2 text-stale">
          {problem}
        </p>
      )}
    </section>
  );
}
