import { type SyntheticEvent, useEffect, useId, useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { forgetSite, type OwnerSite, readSites, secretOfLink, siteFor } from './ownerSites.ts';

/** Where the page is opened without its link, as the installed app does: what this browser remembers, or the link is asked for. */
export function RememberedSites({ subscriptionId }: { subscriptionId: string | null }) {
  const id = useId();
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
        <label htmlFor={id} className="block font-semibold">
          Your link
        </label>
        <p id={`${id}-hint`} className="m-0 mt-1 text-muted">
          The agency gave it to you. Paste it here, or open it in this browser.
        </p>
        <input
          id={id}
          value={link}
          onChange={({ target }) => {
            setLink(target.value);
            setWrong(false);
          }}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${id}-problem` : `${id}-hint`}
          className="mt-1 block h-11 w-full max-w-160 rounded-md border border-line-strong bg-surface-0 px-3 text-base text-text"
        />
        {isWrong ? (
          <p id={`${id}-problem`} role="alert" className="m-0 mt-1 text-stale">
            This is not a whole link. It ends in # and many letters and digits.
          </p>
        ) : null}
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
