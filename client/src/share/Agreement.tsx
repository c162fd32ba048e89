import type { RegistryTerms } from '@commonsight/types/registration';
import { useId } from 'react';
import { useText } from '../language/LanguageContext.ts';
import { TermsText } from '../registry/TermsText.tsx';
import { Problem } from '../ui/public/Problem.tsx';

export interface AgreementProps {
  terms: RegistryTerms;
  isAgreed: boolean;
  problem: string | null;
  onAgree: (isAgreed: boolean) => void;
}

/** The terms, to be opened, and the tick that agrees to them. */
export function Agreement({ terms, isAgreed, problem, onAgree }: AgreementProps) {
  const { summary } = useText();
  const id = useId();
  return (
    <div className="flex flex-col gap-3">
      <TermsText terms={terms} className="rounded-lg bg-surface-1 px-4 inset-ring inset-ring-line-strong" />
      <div className="flex flex-col gap-2">
        <label className="flex min-h-14 cursor-pointer items-center gap-3 rounded-lg bg-surface-1 px-4 py-2 inset-ring inset-ring-line-strong">
          <input
            type="checkbox"
            checked={isAgreed}
            aria-invalid={problem !== null}
            aria-describedby={id}
            onChange={({ currentTarget }) => onAgree(currentTarget.checked)}
            className="m-0 size-5 shrink-0 accent-accent"
          />
          {summary.agree}
        </label>
        <Problem id={id} words={problem} />
      </div>
    </div>
  );
}
