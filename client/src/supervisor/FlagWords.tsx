import type { Flag } from '@commonsight/types/review';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { flagNames } from './reviewWords.ts';

/** What stood out, and why. */
export function FlagWords({ flags }: { flags: readonly Flag[] }) {
  if (flags.length === 0) return null;
  return (
    <ul className="m-0 flex list-none flex-col gap-0.5 p-0">
      {flags.map(({ kind, reason }) => (
        <li key={kind} className="flex min-w-0 items-baseline gap-1.5" title={reason}>
          <StatusSymbol kind="warn" className="translate-y-px" />
          <span className="shrink-0 text-warn">{flagNames[kind]}</span>
          <span className="aside min-w-0 truncate text-xs text-muted max-md:whitespace-normal">{reason}</span>
        </li>
      ))}
    </ul>
  );
}
