import type { ReceivedApplication } from '@commonsight/types/application';
import { formatExactTime } from '../../incident/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Section } from '../../ui/Section.tsx';

export interface ApplicationCardProps {
  application: ReceivedApplication;
  onApprove: () => void;
  onRefuse: () => void;
  onShowSite: (siteId: string) => void;
}

/** What an applicant has said, and what can be done with it. */
export function ApplicationCard({ application, onApprove, onRefuse, onShowSite }: ApplicationCardProps) {
  const { name, kind, address, position, cameraCount, contact, state, siteId, isMailed } = application;
  const acts =
    state === 'waiting' ? (
      <div className="flex flex-wrap gap-2">
        <Button aria-label={`Refuse ${name}`} onClick={onRefuse}>
          Refuse
        </Button>
        <Button look="primary" aria-label={`Approve ${name}`} onClick={onApprove}>
          Approve
        </Button>
      </div>
    ) : siteId === null ? null : (
      <Button aria-label={`Show the site of ${name}`} onClick={() => onShowSite(siteId)}>
        Show the site
      </Button>
    );
  return (
    <div data-application={application.id} data-state={state}>
      <Section title={name} description={stateWords(state, isMailed)} action={acts}>
        <div className="mt-4">
          <Facts
            facts={[
              ['Kind', kind === 'home' ? 'Home' : 'Business'],
              ['Address', address],
              ['Position', `${position.latitude.toFixed(5)}, ${position.longitude.toFixed(5)}`],
              ['Cameras', `about ${cameraCount.toLocaleString('en-US')}`],
              ['Ask', contact.name],
              ['Email', contact.email],
              ['Telephone', contact.phone ?? 'Not given'],
              ['Applied', formatExactTime(application.appliedAt)],
              ['Erased by', formatExactTime(application.erasedBy)],
            ]}
          />
        </div>
      </Section>
    </div>
  );
}

function stateWords(state: ReceivedApplication['state'], isMailed: boolean): string {
  if (state === 'waiting') return 'Waits for your decision.';
  if (!isMailed) return 'Approved. The owner’s link is being mailed; a mail that fails is tried again.';
  return 'Approved, and the owner’s link was mailed. Arrange with them how the relay is set up.';
}
