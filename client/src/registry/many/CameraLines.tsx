import { CircleCheck, TriangleAlert } from 'lucide-react';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { useText } from '../../language/LanguageContext.ts';
import type { CameraLine } from './readCameras.ts';

/** What is right and what is not, line by line; those that are not stand first. */
export function CameraLines({ lines }: { lines: readonly CameraLine[] }) {
  const { many } = useText();
  const sorted = [...lines].sort((a, b) => Number(a.details !== null) - Number(b.details !== null));
  return (
    <ScrollRegion label={many.title} className="max-h-80 rounded-lg inset-ring inset-ring-line">
      <ul className="m-0 flex list-none flex-col p-0">
        {sorted.map(({ line, cells, problems }) => (
          <li key={line} className="flex gap-3 border-0 border-b border-solid border-line px-4 py-3 last:border-b-0">
            {problems.length === 0 ? (
              <CircleCheck className="mt-0.5 size-5 shrink-0 text-live" aria-label={many.isRight} />
            ) : (
              <TriangleAlert className="mt-0.5 size-5 shrink-0 text-stale" aria-hidden />
            )}
            <div className="flex min-w-0 flex-col gap-1 text-base">
              <p className="m-0 wrap-anywhere">
                <span className="figures text-muted">{`${many.line} ${String(line)}`}</span> {cells.address}
              </p>
              {problems.map((problem) => (
                <p key={problem} className="m-0 text-stale">
                  {problem}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}
