import { StatusSymbol } from '../ui/StatusSymbol.tsx';

/** What the approval of a pack ends in the same moment. */
export function EndsAtOnce({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return <p className="m-0 text-muted">No running grant ends by it.</p>;
  return (
    <div className="rounded-md bg-surface-3 px-3 py-2.5">
      <p className="m-0 flex items-center gap-1.5 font-semibold text-warn">
        <StatusSymbol kind="warn" />
        With the approval, at once
      </p>
      <ul className="m-0 mt-1 flex list-disc flex-col gap-1 pl-5">
        {sentences.map((sentence) => (
          <li key={sentence} className="wrap-anywhere">
            {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}
