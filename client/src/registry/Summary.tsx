import type { RegistryTerms } from '@commonsight/types/registration';
import type { Draft } from './draft/Draft.ts';
import type { Step } from './draft/Step.ts';
import { FactRow } from './FactRow.tsx';
import { useText } from '../language/LanguageContext.ts';
import { errorWords } from '../language/messages/messages.ts';
import { Problem } from '../ui/public/Problem.tsx';
import { factWords } from './question/factWords.ts';
import { TermsText } from './TermsText.tsx';
import type { Sending } from './useSendRegistration.ts';

export interface SummaryProps {
  draft: Draft;
  /** Its name. */
  agency: string;
  asked: readonly Step[];
  terms: RegistryTerms | undefined;
  /** The mail address is proved: the registration counts at once. */
  isVisit: boolean;
  problem: string | null;
  sending: Sending;
  onAnswer: (answer: Partial<Draft>) => void;
  onChange: (step: Step) => void;
}

/** Every answer, what registering does and does not do, and the terms. */
export function Summary({ draft, agency, asked, terms, isVisit, problem, sending, onAnswer, onChange }: SummaryProps) {
  const words = useText();
  return (
    <div className="flex flex-col gap-5">
      <dl className="m-0 flex flex-col rounded-lg bg-surface-1 inset-ring inset-ring-line">
        {asked.map((step) =>
          step === 'summary' ? null : (
            <FactRow
              key={step}
              name={words.facts[step]}
              lines={step === 'agency' ? [agency] : factWords(step, draft, words)}
              onChange={() => onChange(step)}
            />
          ),
        )}
      </dl>
      <p className="m-0 rounded-lg bg-accent-soft p-4">{words.summary.statement}</p>
      {isVisit ? <p className="m-0">{words.added.contact}</p> : null}
      {terms === undefined ? null : (
        <>
          <TermsText terms={terms} className="rounded-lg bg-surface-1 px-4 inset-ring inset-ring-line-strong" />
          <div className="flex flex-col gap-2">
            <label className="flex min-h-14 cursor-pointer items-center gap-3 rounded-lg bg-surface-1 px-4 py-2 inset-ring inset-ring-line-strong">
              <input
                type="checkbox"
                checked={draft.agreedHash === terms.hash}
                aria-invalid={problem !== null}
                aria-describedby="agree-problem"
                onChange={({ currentTarget }) => onAnswer({ agreedHash: currentTarget.checked ? terms.hash : null })}
                className="m-0 size-5 shrink-0 accent-accent"
              />
              {words.summary.agree}
            </label>
            <Problem id="agree-problem" words={problem} />
          </div>
        </>
      )}
      {sending.state === 'sending' ? (
        <div className="flex flex-col gap-2">
          <output className="block m-0 text-base">{isVisit ? words.summary.sending : words.summary.proving}</output>
          {isVisit ? null : (
            <progress
              aria-label={words.summary.sending}
              value={sending.progress}
              className="h-2 w-full accent-accent"
            />
          )}
        </div>
      ) : null}
      <Problem words={sending.state === 'failed' ? errorWords(sending.error, words) : null} />
    </div>
  );
}
