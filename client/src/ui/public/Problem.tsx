import { TriangleAlert } from 'lucide-react';

/** What is wrong with an answer. The line is always there, so that what appears in it is read out. */
export function Problem({ id, words }: { id?: string; words: string | null }) {
  return (
    <p id={id} role="alert" className="m-0 flex items-start gap-1.5 text-base text-stale empty:hidden">
      {words === null ? null : (
        <>
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {words}
        </>
      )}
    </p>
  );
}
