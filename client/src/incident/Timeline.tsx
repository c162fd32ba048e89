import type { TimelineEntry } from '@commonsight/types/incident';
import { useLayoutEffect, useRef } from 'react';
import { classes } from '../ui/classes.ts';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { formatExactTime, formatTimeOfDay } from './format.ts';

/** What happened and what was noted, oldest first; stays at its end while the reader is there. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const list = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    const element = list.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  });
  return (
    <ScrollRegion
      ref={list}
      label="Entries of the timeline"
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - 24;
      }}
    >
      <ol aria-label="Entries of the timeline" className="m-0 list-none px-3 py-2">
        {entries.map((entry) => (
          <li key={entry.id} className="figures grid grid-cols-[2.6rem_1fr] gap-x-2 py-1">
            <time dateTime={entry.at} title={formatExactTime(entry.at)} className="text-xs leading-4.5 text-subtle">
              {formatTimeOfDay(entry.at)}
            </time>
            <div className={classes('min-w-0 break-words', entry.kind === 'note' ? 'text-text' : 'text-muted')}>
              {entry.kind === 'note' && entry.author !== null ? (
                <span className="mr-1.5 font-semibold text-text">{entry.author.name}</span>
              ) : null}
              <span className="whitespace-pre-line">{entry.text}</span>
              {entry.kind === 'system' && entry.author !== null ? (
                <span className="text-subtle"> · {entry.author.name}</span>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
    </ScrollRegion>
  );
}
