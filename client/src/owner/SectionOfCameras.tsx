import { type ReactNode, useId } from 'react';

interface SectionOfCamerasProps {
  /** Undefined: the site has no sections. */
  name: string | undefined;
  count: number;
  isChosen: boolean;
  /** Null: this browser may not change. */
  onChosen: ((isChosen: boolean) => void) | null;
  children: ReactNode;
}

/** The cameras of one section of the site, which are chosen together. */
export function SectionOfCameras({ name, count, isChosen, onChosen, children }: SectionOfCamerasProps) {
  const id = useId();
  if (name === undefined) return <ul className="m-0 mt-2 list-none p-0">{children}</ul>;
  return (
    <section aria-labelledby={id} className="mt-4">
      <div className="flex min-h-11 items-center gap-2">
        {onChosen === null ? null : (
          <label className="flex size-11 shrink-0 items-center justify-center">
            <input
              type="checkbox"
              className="size-5"
              checked={isChosen}
              aria-label={`Choose all of ${name}`}
              onChange={({ target }) => onChosen(target.checked)}
            />
          </label>
        )}
        <h3 id={id} className="m-0 text-base font-semibold break-words">
          {name} <span className="font-normal text-muted">({count})</span>
        </h3>
      </div>
      <ul className="m-0 list-none p-0">{children}</ul>
    </section>
  );
}
