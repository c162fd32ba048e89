import { type SyntheticEvent, useEffect, useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { OwnerField } from '../OwnerField.tsx';
import { forgetSite, type OwnerSite, readSites, secretOfLink, siteFor } from './ownerSites.ts';

/** Where the page is opened without its link, as the installed app does: what this browser remembers, or the link is asked for. */
export function RememberedSites({ subscriptionId }: { subscriptionId: string | null }) {
  const [sites, setSites] = useState<readonly OwnerSite[] | null>(null);
  const [link, setLink] = useState('');
  const [isWrong, setWrong] = useState(false);
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<void> => {
      const found = await readSites().catch(() => []);
      if (isOver) return;
      const site = siteFor(found, subscriptionId);
      if (site === null) setSites(found);
      else open(site.secret);
    };
    void read();
    return () => {
      isOver = true;
    };
  }, [subscriptionId]);

  function use(submitted: SyntheticEvent): void {
    submitted.preventDefault();
    const secret = secretOfLink(link);
    setWrong(secret === null);
    if (secret !== null) open(secret);
  }

  async function forget(secret: string): Promise<void> {
    await forgetSite(secret).catch(() => undefined);
    setSites((before) => (before ?? []).filter((site) => site.secret !== secret));
  }

  if (sites === null) return <p className="text-base text-muted">Reading…</p>;
  return (
    <>
      <h1 className="m-0 text-xl font-semibold">What you share</h1>
      <ul aria-label="Sites that this device remembers" className="m-0 mt-4 list-none p-0 text-base empty:hidden">
        {sites.map(({ secret, siteName, subscriptionId: pushedAs }) => (
          <li key={secret} className="flex flex-wrap items-center gap-3 border-t border-line py-3">
            <a href={`#${secret}`} className="min-w-0 grow py-2.5 break-words text-accent underline underline-offset-4">
              {siteName}
            </a>
            {pushedAs === null ? (
              <BigButton aria-label={`Forget ${siteName} on this device`} onClick={() => void forget(secret)}>
                Forget
              </BigButton>
            ) : (
              <span className="text-muted">Push messages come here</span>
            )}
          </li>
        ))}
      </ul>
      <form onSubmit={use} className="mt-4 text-base">
        <OwnerField
          className="max-w-160"
          label="Your link"
          hint="The agency gave it to you. Paste it here, or open it in this browser."
          problem={isWrong ? 'This is not a whole link. It ends in # and many letters and digits.' : null}
          value={link}
          onChange={({ target }) => {
            setLink(target.value);
            setWrong(false);
          }}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <BigButton type="submit" look="primary" className="mt-3">
          Open my page
        </BigButton>
      </form>
    </>
  );
}

function open(secret: string): void {
  window.location.hash = secret;
}
