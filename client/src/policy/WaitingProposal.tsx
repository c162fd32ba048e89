import { routes } from '@commonsight/types/http/routes';
import type { Policy, PolicyProposal } from '@commonsight/types/policy';
import { Check, Download, X } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatExactTime, formatLeft } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { FormError } from '../session/FormError.tsx';
import { Button } from '../ui/Button.tsx';
import { downloadText } from '../ui/downloadText.ts';
import { Facts } from '../ui/Facts.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Section } from '../ui/Section.tsx';
import { tell } from '../ui/toast.tsx';
import { useSend } from '../ui/useSend.ts';
import { PolicyText } from './ActivePolicy.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { whatEndsAtOnce } from './differences.ts';
import { EndsAtOnce } from './EndsAtOnce.tsx';
import { PolicyHash } from './PolicyHash.tsx';

export interface WaitingProposalProps {
  proposal: PolicyProposal;
  active: Policy;
  onDecided: () => void;
}

type Act = 'approve' | 'refuse' | 'takeBack';

/** The one proposal that waits: what it would change, and who may decide on it. */
export function WaitingProposal({ proposal, active, onDecided }: WaitingProposalProps) {
  const { me } = useWorkspace();
  const nowMs = useServerNowMs();
  const [act, setAct] = useState<Act | null>(null);
  const { proposedBy, proposedAt, expiresAt, differences, hash, text } = proposal;
  const isOwn = proposedBy.id === me.user.id;
  const ends = whatEndsAtOnce(differences, active.pack);
  return (
    <Section
      title="A new policy waits for a second person"
      description={
        isOwn
          ? 'You have proposed it. A change takes two people, so somebody else approves it; you can take it back.'
          : `${proposedBy.name} has proposed it. With your approval it holds at once, for everybody.`
      }
    >
      <div className="mt-4 flex flex-col gap-3">
        <Facts
          facts={[
            ['Proposed', `${formatExactTime(proposedAt)}, by ${proposedBy.name}`],
            ['Refused by itself', `in ${formatLeft(Date.parse(expiresAt) - nowMs)}, ${formatExactTime(expiresAt)}`],
          ]}
        />
        <PolicyHash hash={hash} />
      </div>
      <div className="mt-3">
        <EndsAtOnce sentences={ends} />
      </div>
      <DifferenceTable differences={differences} pack={active.pack} />
      <PolicyText text={text} label="Show the whole text" />
      <div className="mt-4 flex flex-wrap gap-2">
        {isOwn ? (
          <Button onClick={() => setAct('takeBack')}>Take back</Button>
        ) : (
          <>
            <Button look="primary" onClick={() => setAct('approve')}>
              <Check className="size-4" aria-hidden />
              Approve
            </Button>
            <Button onClick={() => setAct('refuse')}>
              <X className="size-4" aria-hidden />
              Refuse
            </Button>
          </>
        )}
        <span className="grow" />
        <Button look="quiet" onClick={() => downloadText(`policy-${hash.slice(0, 12)}.yaml`, text)}>
          <Download className="size-4" aria-hidden />
          Download
        </Button>
      </div>
      {act === null ? null : (
        <DecisionDialog
          act={act}
          proposal={proposal}
          ends={ends}
          onDone={() => {
            setAct(null);
            onDecided();
          }}
          onClose={() => setAct(null)}
        />
      )}
    </Section>
  );
}

const actWords: Readonly<Record<Act, { title: string; sentence: string; label: string; done: string }>> = {
  approve: {
    title: 'Approve this policy?',
    sentence: 'It holds from this moment on, for every grant and every session of the agency.',
    label: 'Approve',
    done: 'The new policy is active.',
  },
  refuse: {
    title: 'Refuse this policy?',
    sentence: 'Everything stays as it is. It can be proposed again.',
    label: 'Refuse',
    done: 'The proposal is refused.',
  },
  takeBack: {
    title: 'Take your proposal back?',
    sentence: 'Everything stays as it is. You can propose again.',
    label: 'Take back',
    done: 'Your proposal is taken back.',
  },
};

interface DecisionDialogProps {
  act: Act;
  proposal: PolicyProposal;
  ends: readonly string[];
  onDone: () => void;
  onClose: () => void;
}

function DecisionDialog({ act, proposal, ends, onDone, onClose }: DecisionDialogProps) {
  const { isBusy, error, send } = useSend();
  const { title, sentence, label, done } = actWords[act];
  const isApproval = act === 'approve';
  const route = isApproval ? routes.approvePolicy : routes.refusePolicy;
  return (
    <FormDialog
      title={title}
      description={sentence}
      submitLabel={label}
      size={isApproval ? 'md' : 'sm'}
      look={isApproval && ends.length > 0 ? 'danger' : 'primary'}
      isReady={!isBusy}
      onSubmit={() =>
        void send(
          () => call(route, { params: { id: proposal.id } }),
          () => {
            tell(done);
            onDone();
          },
        )
      }
      onClose={onClose}
    >
      {isApproval ? (
        <>
          <EndsAtOnce sentences={ends} />
          <p className="m-0 text-muted">
            SHA-256 <code className="font-mono text-xs break-all text-text">{proposal.hash}</code>
          </p>
        </>
      ) : null}
      <FormError>{error}</FormError>
    </FormDialog>
  );
}
