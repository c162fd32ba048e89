import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../language/LanguageContext.ts';

export interface FactRowProps {
  name: string;
  lines: readonly string[];
  onChange: () => void;
  /** The question, while it is being changed, in place of its answer. */
  children?: ReactNode;
}

/** One answer with the button that changes it; in a `dl`. */
export function FactRow({ name, lines, onChange, children }: FactRowProps) {
  const words = useText();
  const button = useRef<HTMLButtonElement>(null);
  const isOpen = children !== undefined;
  const wasOpen = useRef(false);
  useEffect(() => {
    // Whoever has changed the answer, or not, goes on from where they began.
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return (
    <div className="flex flex-wrap items-start gap-x-4 border-b border-line px-4 py-2 last:border-b-0">
      <dt className="w-full pt-2 text-base text-muted sm:w-32">{name}</dt>
      <dd className="m-0 min-w-0 flex-1 py-2 wrap-anywhere">
        {children ??
          lines.map((line) => (
            <p key={line} className="m-0 first:text-lg not-first:text-base not-first:text-muted">
              {line}
            </p>
          ))}
      </dd>
      {isOpen ? null : (
        <dd className="m-0">
          <button
            ref={button}
            type="button"
            aria-label={words.summary.changeWhat(name)}
            onClick={onChange}
            className="min-h-11 min-w-11 rounded-md border-0 bg-transparent px-2 text-base text-accent underline underline-offset-4"
          >
            {words.summary.change}
          </button>
        </dd>
      )}
    </div>
  );
}
