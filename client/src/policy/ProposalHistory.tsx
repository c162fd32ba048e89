import type { PolicyPack, PolicyProposal } from '@commonsight/types/policy';
import { formatCount, formatExactTime } from '../incident/format.ts';
import { Section } from '../ui/Section.tsx';
import { type StatusKind, StatusSymbol } from '../ui/StatusSymbol.tsx';
import { PolicyText } from './ActivePolicy.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { withoutPartsOfRemoved } from './differences.ts';
import { decisionWords } from './proposalWords.ts';

const symbols: Readonly<Record<PolicyProposal['state'], StatusKind>> = {
  proposed: 'waiting',
  approved: 'live',
  refused: 'off',
  timedOut: 'stale',
};

/** What was proposed before, and what became of it; the newest first. */
export function ProposalHistory({ proposals, pack }: { proposals: readonly PolicyProposal[]; pack: PolicyPack }) {
  return (
    <Section title="Proposals before">
      {proposals.length === 0 ? (
        <p className="m-0 mt-3 text-muted">None yet. What is decided stands here, with who proposed and decided it.</p>
      ) : (
        <ul className="m-0 mt-2 list-none p-0">
          {proposals.map((proposal) => (
            <li key={proposal.id} data-proposal={proposal.id} className="border-t border-line py-2.5">
              <p className="m-0 flex flex-wrap items-baseline gap-x-2">
                <StatusSymbol kind={symbols[proposal.state]} className="translate-y-px" />
                <span className="min-w-0 font-medium wrap-anywhere">{decisionWords(proposal)}</span>
                <time className="figures text-xs text-muted" dateTime={proposal.decidedAt ?? proposal.expiresAt}>
                  {formatExactTime(proposal.decidedAt ?? proposal.expiresAt)}
                </time>
              </p>
              <p className="figures m-0 text-muted wrap-anywhere">
                Proposed by {proposal.proposedBy.name}, {formatExactTime(proposal.proposedAt)}.{' '}
                <code className="font-mono text-xs" title={proposal.hash}>
                  {proposal.hash.slice(0, 16)}…
                </code>
              </p>
              <details>
                <summary className="w-fit cursor-pointer rounded-sm text-accent">
                  {formatCount(withoutPartsOfRemoved(proposal.differences).length, 'difference')}
                </summary>
                <DifferenceTable differences={proposal.differences} pack={pack} />
                <PolicyText text={proposal.text} label="Show the file’s text" />
              </details>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
