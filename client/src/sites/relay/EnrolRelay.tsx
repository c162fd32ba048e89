import { routes } from '@commonsight/types/http/routes';
import type { Site } from '@commonsight/types/site';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { formatExactTime } from '../../incident/format.ts';
import { FormError } from '../../session/FormError.tsx';
import { QrCode } from '../../session/QrCode.tsx';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Section } from '../../ui/Section.tsx';
import { StatusSymbol } from '../../ui/StatusSymbol.tsx';
import { relayCommand } from '../../ui/relayCommand.ts';
import { useSend } from '../../ui/useSend.ts';
import { RevokeRelay } from './RevokeRelay.tsx';

/**
 * The site's relay and its end; while there is none, the one-time code with which a device becomes it, as words to type and as a
 * QR code.
 */
export function EnrolRelay({ site }: { site: Site }) {
  const [made, setMade] = useState<{ code: string; expiresAt: string } | null>(null);
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  const { isBusy, error, send } = useSend();
  const relays = site.relays.filter(({ revokedAt }) => revokedAt === null);
  const make = (): void => void send(() => call(routes.createEnrolmentCode, { params: { id: site.id } }), setMade);
  const command = made === null ? '' : relayCommand(`enrol --server ${window.location.origin} --code ${made.code}`);
  return (
    <div className="flex flex-col gap-4">
      {relays.length === 0 ? null : (
        <Section title={relays.length === 1 ? 'The site’s relay' : 'The site’s relays'}>
          <ul className="m-0 mt-2 list-none p-0">
            {relays.map(({ id, name, isOnline, enrolledAt }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-3 border-t border-line py-2">
                <StatusSymbol kind={isOnline ? 'live' : 'stale'} />
                <span className="min-w-40 flex-1 font-medium wrap-anywhere">{name}</span>
                <span className="text-muted">
                  {isOnline ? 'Online' : 'Offline'}, enrolled {formatExactTime(enrolledAt)}
                </span>
                <Button
                  size="sm"
                  aria-label={`Revoke ${name}`}
                  onClick={() => {
                    setMade(null);
                    setRevoking({ id, name });
                  }}
                >
                  Revoke
                </Button>
              </li>
            ))}
          </ul>
          <p className="m-0 mt-2 text-muted">
            A site has one relay. To bring another device, revoke this one first: its cameras are dark until the new one
            is enrolled, its cameras are entered there, and its owner has paired with it.
          </p>
        </Section>
      )}
      {revoking === null ? null : <RevokeRelay relay={revoking} onClose={() => setRevoking(null)} />}
      {relays.length > 0 ? null : (
        <Section
          title="Enrol a relay"
          description="A code is for one device of this site, once, within ten minutes. Whoever has it can be this site’s relay: show it to the technician alone."
          action={
            <Button look="primary" disabled={isBusy} onClick={make}>
              {made === null ? 'Make a code' : 'Make a new code'}
            </Button>
          }
        >
          <FormError>{error}</FormError>
          {made === null ? null : (
            <div className="mt-4 flex flex-wrap items-center gap-5">
              <QrCode text={command} label="The command that enrols the relay, as a QR code" />
              <div className="min-w-60 flex-1">
                <p className="m-0 font-mono text-xl" data-testid="code">
                  {made.code}
                </p>
                <p className="m-0 mt-1 text-muted">Until {formatExactTime(made.expiresAt)}. Run at the device:</p>
                <p className="m-0 mt-2 mb-3 rounded-md bg-surface-0 p-3 font-mono text-xs wrap-anywhere">{command}</p>
                <CopyButton text={command} label="Copy the command" />
              </div>
            </div>
          )}
        </Section>
      )}
    </div>
  );
}
