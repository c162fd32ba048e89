import type { Policy } from '@commonsight/types/policy';
import { Download } from 'lucide-react';
import { formatExactTime } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { downloadText } from '../ui/downloadText.ts';
import { Section } from '../ui/Section.tsx';
import { Facts } from '../ui/Facts.tsx';
import { PolicyHash } from './PolicyHash.tsx';
import { PurposeTable } from './PurposeTable.tsx';
import { ruleWords } from './policyWords.ts';

/** The pack that holds now, as people read it, and as the file that it is. */
export function ActivePolicy({ policy }: { policy: Policy }) {
  const { pack, hash, text, activeSince, proposedBy, approvedBy } = policy;
  return (
    <>
      <Section title={pack.name} description={pack.summary}>
        <div className="mt-4 flex flex-col gap-3">
          <PolicyHash hash={hash} />
          <Facts
            facts={[
              ['Active since', formatExactTime(activeSince)],
              ['Proposed by', proposedBy?.name ?? 'Nobody: the server began with it'],
              ['Approved by', approvedBy?.name ?? 'Nobody: the server began with it'],
            ]}
          />
        </div>
      </Section>
      <Section title="Purposes" description="The reasons for which somebody may look. No other can be chosen.">
        <PurposeTable pack={pack} />
      </Section>
      <Section title="Rules">
        <div className="mt-3">
          <Facts facts={ruleWords(pack).map(({ name, rule }) => [name, rule])} />
        </div>
      </Section>
      <Section
        title="The file"
        description="What is published, and what server and relays go by. The hash is over its bytes."
        action={
          <Button onClick={() => downloadText(`policy-${hash.slice(0, 12)}.yaml`, text)}>
            <Download className="size-4" aria-hidden />
            Download
          </Button>
        }
      >
        <PolicyText text={text} label="Show the file’s text" />
      </Section>
    </>
  );
}

/** A file's text, folded away until it is asked for. */
export function PolicyText({ text, label }: { text: string; label: string }) {
  return (
    <details className="mt-3">
      <summary className="w-fit cursor-pointer rounded-sm text-accent">{label}</summary>
      <pre className="m-0 mt-2 rounded-md bg-surface-0 p-3 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
        {text}
      </pre>
    </details>
  );
}
