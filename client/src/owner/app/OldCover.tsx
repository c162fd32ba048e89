import type { ReactNode } from 'react';
import { useIsOld } from './useIsOld.ts';

interface OldCoverProps {
  title: string;
  /** When everything within was read last. */
  readAtMs: number;
  children: ReactNode;
}

const clock = new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** Covers what may not be so any more: what is shared is shown as it is, or not at all. What was typed within stays. */
export function OldCover({ title, readAtMs, children }: OldCoverProps) {
  const isOld = useIsOld(readAtMs);
  return (
    <>
      {isOld ? (
        <>
          <h1 className="m-0 text-xl font-semibold break-words">{title}</h1>
          <p role="alert" className="m-0 mt-3 rounded-md border-2 border-stale p-3 text-base">
            The server has not answered since {clock.format(new Date(readAtMs))}. What you share may have changed, so
            nothing is shown until it answers. Your relay goes on by what you saved last. In an emergency call the
            emergency number.
          </p>
        </>
      ) : null}
      <div hidden={isOld}>{children}</div>
    </>
  );
}
