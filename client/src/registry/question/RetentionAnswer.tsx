import { useId } from 'react';
import { useText } from '../../language/LanguageContext.ts';
import { TextAnswer } from '../../ui/public/TextAnswer.tsx';
import type { Draft } from '../draft/Draft.ts';

export interface RetentionAnswerProps {
  draft: Pick<Draft, 'retentionDays' | 'isRetentionUnknown'>;
  problem: string | null;
  onAnswer: (answer: Pick<Draft, 'retentionDays' | 'isRetentionUnknown'>) => void;
}

/** For how many days recordings are kept, or that it is not known. */
export function RetentionAnswer({ draft, problem, onAnswer }: RetentionAnswerProps) {
  const { retention } = useText();
  const problemId = useId();
  return (
    <div className="flex flex-col gap-5">
      <TextAnswer
        label={retention.days}
        inputMode="numeric"
        autoComplete="off"
        className="max-w-48"
        value={draft.retentionDays}
        problem={problem}
        problemId={problemId}
        onType={(retentionDays) => onAnswer({ retentionDays, isRetentionUnknown: false })}
      />
      <label className="flex min-h-14 cursor-pointer items-center gap-3 rounded-lg bg-surface-1 px-4 inset-ring inset-ring-line-strong has-checked:bg-accent-soft has-checked:inset-ring-2 has-checked:inset-ring-accent">
        <input
          type="checkbox"
          checked={draft.isRetentionUnknown}
          aria-describedby={problemId}
          onChange={({ currentTarget }) => onAnswer({ retentionDays: '', isRetentionUnknown: currentTarget.checked })}
          className="m-0 size-5 shrink-0 accent-accent"
        />
        {retention.unknown}
      </label>
    </div>
  );
}
