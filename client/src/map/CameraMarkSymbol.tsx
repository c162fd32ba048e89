import { classes } from '../ui/classes.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { type CameraMark, markWords } from './cameraMark.ts';

/** A camera's mark as a shape: the interface's status symbols, a small dot for `ready` and a struck ring for `notShared`. */
export function CameraMarkSymbol({
  mark,
  isLabelled = false,
  className,
}: {
  mark: CameraMark;
  /** Says the mark in words to those who do not see it; not needed where the words stand beside it. */
  isLabelled?: boolean;
  className?: string;
}) {
  if (mark !== 'ready' && mark !== 'notShared') {
    return (
      <StatusSymbol
        kind={mark}
        {...(isLabelled ? { label: markWords[mark] } : {})}
        {...(className === undefined ? {} : { className })}
      />
    );
  }
  return (
    <svg
      viewBox="0 0 12 12"
      className={classes('inline-block size-3 shrink-0 text-muted', className)}
      {...(isLabelled ? { role: 'img', 'aria-label': markWords[mark] } : { 'aria-hidden': true })}
    >
      {mark === 'ready' ? (
        <circle cx="6" cy="6" r="2.4" fill="currentColor" />
      ) : (
        <g fill="none" stroke="currentColor" strokeWidth="1.4">
          <circle cx="6" cy="6" r="4" />
          <path d="M3.2 8.8 8.8 3.2" />
        </g>
      )}
    </svg>
  );
}
