import type { CallError } from '../../api/CallResult.ts';
import { oldSentence } from './oldSentence.ts';

interface OldWordsProps {
  title: string;
  /** When what may be old was read last. */
  sinceMs: number;
  /** What the last question came to; null while it is under way. */
  problem: CallError | null;
}

/** Stands in place of what may not be so any more: what is shared is shown as it is, or not at all. */
export function OldWords({ title, sinceMs, problem }: OldWordsProps) {
  return (
    <>
      <h1 className="m-0 text-xl font-semibold break-words">{title}</h1>
      {problem === null ? (
        <output className="mt-3 block text-base text-muted">Reading what is so now…</output>
      ) : (
        <p role="alert" className="m-0 mt-3 rounded-md border-2 border-stale p-3 text-base">
          {oldSentence(problem, sinceMs)} What you share may have changed, so nothing is shown that may be old. Your
          relay goes on by what you saved last. In an emergency call the emergency number.
        </p>
      )}
    </>
  );
}
