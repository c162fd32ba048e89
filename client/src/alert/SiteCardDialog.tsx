import type { Alert } from '@commonsight/types/alert';
import { siteCardRoutes } from '@commonsight/types/http/site-card-routes';
import type { ShownSiteCard } from '@commonsight/types/site-card';
import { useEffect, useState } from 'react';
import { addressOf, call } from '../api/call.ts';
import { formatTimeOfDay } from '../incident/format.ts';
import { Dialog } from '../ui/Dialog.tsx';

type Reading =
  | { readonly state: 'reading' }
  | { readonly state: 'failed'; readonly words: string }
  | { readonly state: 'open'; readonly card: ShownSiteCard | null };

/** What the site's owner lets responders read while the alert runs. Opening it is a reading, with its line. */
export function SiteCardDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const { id, siteName, siteAddress, note } = alert;
  const [reading, setReading] = useState<Reading>({ state: 'reading' });
  useEffect(() => {
    const abort = new AbortController();
    const open = async (): Promise<void> => {
      const result = await call(siteCardRoutes.readSiteCard, { params: { id }, signal: abort.signal });
      if (result.state === 'failed') setReading({ state: 'failed', words: result.error.message });
      if (result.state === 'ok') setReading({ state: 'open', card: result.value.card });
    };
    void open();
    return () => abort.abort();
  }, [id]);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="lg"
      title={`Site card: ${siteName}`}
      description={`${siteAddress}. You read this while the alert runs; it is a line of the audit log.`}
    >
      <div aria-busy={reading.state === 'reading'} className="flex flex-col gap-3 overflow-y-auto pb-1">
        {reading.state === 'reading' ? <p className="m-0 text-muted">Opening…</p> : null}
        {reading.state === 'failed' ? (
          <p role="alert" className="m-0 text-stale">
            {reading.words}
          </p>
        ) : null}
        {note === '' ? null : <p className="m-0 break-words whitespace-pre-wrap">{note}</p>}
        {reading.state === 'open' ? <Card alertId={id} card={reading.card} /> : null}
      </div>
    </Dialog>
  );
}

function Card({ alertId, card }: { alertId: string; card: ShownSiteCard | null }) {
  if (card === null) return <p className="m-0 text-muted">The owner has written no site card.</p>;
  const { contacts, notes, plan, changedAt } = card;
  return (
    <>
      {contacts.length === 0 ? null : (
        <ul aria-label="Whom to call" className="m-0 flex list-none flex-col gap-1.5 p-0">
          {contacts.map(({ name, role, phone }, at) => (
            // Two people of one name and number are no mistake of ours.
            <li key={at} className="flex flex-wrap items-baseline gap-x-3">
              <strong className="wrap-anywhere">{name}</strong>
              {role === '' ? null : <span className="text-muted wrap-anywhere">{role}</span>}
              <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`} className="figures text-accent wrap-anywhere">
                {phone}
              </a>
            </li>
          ))}
        </ul>
      )}
      {notes === '' ? null : <p className="m-0 break-words whitespace-pre-wrap">{notes}</p>}
      {plan === null ? null : <PlanPicture alertId={alertId} {...plan} />}
      <p className="m-0 text-xs text-subtle">
        Written by the owner, last on {new Date(changedAt).toLocaleDateString('en-US')} at {formatTimeOfDay(changedAt)}.
      </p>
    </>
  );
}

function PlanPicture({ alertId, width, height }: { alertId: string; width: number; height: number }) {
  const [isLost, setLost] = useState(false);
  if (isLost) {
    return <p className="m-0 text-stale">The floor plan does not open. Close the site card and open it again.</p>;
  }
  return (
    <img
      src={addressOf(siteCardRoutes.readSitePlan, { id: alertId }, undefined)}
      width={width}
      height={height}
      alt="Floor plan of the site"
      onError={() => setLost(true)}
      className="h-auto max-w-full rounded-md bg-white"
    />
  );
}
