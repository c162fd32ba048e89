import type { ReceivedApplication } from '@commonsight/types/application';
import { applicationRoutes } from '@commonsight/types/http/application-routes';
import type { Site } from '@commonsight/types/site';
import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { useLiveRead } from '../../incident/useLiveRead.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { tell } from '../../ui/toast.tsx';
import { ApplicationCard } from './ApplicationCard.tsx';
import { ApproveDialog } from './ApproveDialog.tsx';
import { RefuseDialog } from './RefuseDialog.tsx';

const readApplications = (signal: AbortSignal) => call(applicationRoutes.listApplications, { signal });

export interface ApplicationsPanelProps {
  onApproved: (site: Site) => void;
  /** After any decision. */
  onDecided: () => void;
  onShowSite: (siteId: string) => void;
}

/** Who has applied to share live video, and what is decided. Each reading is a line of the audit log. */
export function ApplicationsPanel({ onApproved, onDecided, onShowSite }: ApplicationsPanelProps) {
  const { read, readAgain } = useLiveRead(readApplications, null);
  const [open, setOpen] = useState<{ dialog: 'approve' | 'refuse'; application: ReceivedApplication } | null>(null);
  const page = new URL('/share', window.location.href).href;
  const decided = (words: string): void => {
    tell(words);
    setOpen(null);
    readAgain();
    onDecided();
  };
  // It may have been decided or withdrawn meanwhile.
  const close = (): void => {
    setOpen(null);
    readAgain();
  };
  return (
    <section aria-labelledby="applications" className="flex min-h-0 min-w-0 grow flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
        <div className="min-w-48 flex-1">
          <h2 id="applications" className="m-0 text-base font-semibold">
            Applications to share live video
          </h2>
          <p className="m-0 wrap-anywhere text-muted">Made within the registry’s area at {page}</p>
        </div>
        <CopyButton text={page} label="Copy the address" />
      </div>
      <div className="relative min-h-0 grow overflow-y-auto p-4 max-sm:p-3">
        {read.state === 'failed' ? (
          <EmptyState
            title="The applications could not be read"
            action={<Button onClick={read.retry}>Try again</Button>}
          >
            {read.message}
          </EmptyState>
        ) : read.state !== 'loaded' ? (
          <EmptyState title="Reading the applications…" />
        ) : read.value.applications.length === 0 ? (
          <EmptyState icon={<Inbox aria-hidden />} title="No application waits">
            Businesses and residents apply on the page above. An application comes here when its mail is confirmed.
          </EmptyState>
        ) : (
          <div className="mx-auto flex max-w-200 flex-col gap-4">
            {read.value.applications.map((application) => (
              <ApplicationCard
                key={application.id}
                application={application}
                onApprove={() => setOpen({ dialog: 'approve', application })}
                onRefuse={() => setOpen({ dialog: 'refuse', application })}
                onShowSite={onShowSite}
              />
            ))}
            {read.value.hasMore ? (
              <p className="m-0 text-muted">There are more. They follow when some of these are decided.</p>
            ) : null}
          </div>
        )}
      </div>
      {open?.dialog === 'approve' ? (
        <ApproveDialog
          application={open.application}
          onApproved={(site) => {
            onApproved(site);
            decided(`${site.name} is made, and its owner’s link is mailed.`);
          }}
          onClose={close}
        />
      ) : null}
      {open?.dialog === 'refuse' ? (
        <RefuseDialog
          application={open.application}
          onRefused={() => decided('It is refused, and the applicant is told why.')}
          onClose={close}
        />
      ) : null}
    </section>
  );
}
