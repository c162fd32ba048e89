import { routes } from '@commonsight/types/http/routes';
import type { LedgerLink } from '@commonsight/types/ledger';
import type { Site } from '@commonsight/types/site';
import { Link2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { call } from '../api/call.ts';
import { useLiveRead } from '../incident/useLiveRead.ts';
import { FormError } from '../session/FormError.tsx';
import { QrCode } from '../session/QrCode.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { OnceLinkDialog } from '../ui/OnceLinkDialog.tsx';
import { tell } from '../ui/toast.tsx';
import { useSend } from '../ui/useSend.ts';
import { LinkTable } from './LinkTable.tsx';

type Open = { dialog: 'make' } | { dialog: 'made'; url: string } | { dialog: 'revoke'; link: LedgerLink };

/** One site's links: who has made them, when each was used last, and whether it works. */
export function SiteLinks({ site }: { site: Site }) {
  const reader = useCallback(
    (signal: AbortSignal) => call(routes.listLedgerLinks, { params: { id: site.id }, signal }),
    [site.id],
  );
  const { read, readAgain } = useLiveRead(reader, null);
  const [open, setOpen] = useState<Open | null>(null);
  const makeButton = (
    <Button look="primary" onClick={() => setOpen({ dialog: 'make' })}>
      <Link2 className="size-4" aria-hidden />
      Make a link
    </Button>
  );
  return (
    <section aria-labelledby="site-links" className="flex min-h-0 min-w-0 grow flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
        <div className="min-w-0 flex-1">
          <h2 id="site-links" className="m-0 truncate text-base font-semibold" title={site.name}>
            {site.name}
          </h2>
          <p className="m-0 truncate text-muted">{site.address}</p>
        </div>
        {makeButton}
      </div>
      {read.state === 'loaded' ? (
        read.value.links.length > 0 ? (
          <LinkTable links={read.value.links} onRevoke={(link) => setOpen({ dialog: 'revoke', link })} />
        ) : (
          <EmptyState icon={<Link2 aria-hidden />} title="The owner has no link yet" action={makeButton}>
            With a link the owner sees who looks through these cameras, in the moment in which it begins.
          </EmptyState>
        )
      ) : read.state === 'failed' ? (
        <EmptyState title="The links could not be read" action={<Button onClick={read.retry}>Try again</Button>}>
          {read.message}
        </EmptyState>
      ) : (
        <EmptyState title="Reading links…" />
      )}
      {open?.dialog === 'make' ? (
        <MakeDialog
          site={site}
          onMade={(url) => {
            readAgain();
            setOpen({ dialog: 'made', url });
          }}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open?.dialog === 'made' ? (
        <OnceLinkDialog
          title={`Link for the owner of ${site.name}`}
          description="It is shown this once. Give it to the owner alone: whoever has it reads who has looked."
          link={open.url}
          hint="Works until it is revoked in this list. A lost link is revoked and replaced by a new one."
          onClose={() => setOpen(null)}
        >
          <div className="mt-4 flex flex-wrap items-center gap-4">
            <QrCode text={open.url} label="The link as a QR code" />
            <p className="m-0 min-w-40 flex-1 text-muted">The owner can scan it with a phone, here and now.</p>
          </div>
        </OnceLinkDialog>
      ) : null}
      {open?.dialog === 'revoke' ? (
        <RevokeDialog
          link={open.link}
          onRevoked={() => {
            readAgain();
            setOpen(null);
          }}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </section>
  );
}

function MakeDialog({ site, onMade, onClose }: { site: Site; onMade: (url: string) => void; onClose: () => void }) {
  const { isBusy, error, send } = useSend();
  return (
    <FormDialog
      title="Make a link for the owner?"
      description={`It opens the ledger of ${site.name} without a password: every viewing of its cameras, with purpose, incident number and role. Links that were made before go on working.`}
      submitLabel="Make link"
      isReady={!isBusy}
      onSubmit={() =>
        void send(
          () => call(routes.createLedgerLink, { params: { id: site.id } }),
          ({ url }) => onMade(url),
        )
      }
      onClose={onClose}
    >
      <FormError>{error}</FormError>
    </FormDialog>
  );
}

interface RevokeDialogProps {
  link: LedgerLink;
  onRevoked: () => void;
  onClose: () => void;
}

function RevokeDialog({ link, onRevoked, onClose }: RevokeDialogProps) {
  const { isBusy, error, send } = useSend();
  return (
    <FormDialog
      title="Revoke this link?"
      description="Whoever has it sees nothing any more, from this moment on. It cannot be brought back; a new link can be made."
      submitLabel="Revoke link"
      look="danger"
      isReady={!isBusy}
      onSubmit={() =>
        void send(
          () => call(routes.revokeLedgerLink, { params: { id: link.id } }),
          () => {
            tell('The link opens nothing any more.');
            onRevoked();
          },
        )
      }
      onClose={onClose}
    >
      <FormError>{error}</FormError>
    </FormDialog>
  );
}
