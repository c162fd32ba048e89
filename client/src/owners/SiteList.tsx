import type { Site } from '@commonsight/types/site';
import { type ReactNode, useState } from 'react';
import { classes } from '../ui/classes.ts';
import { SearchField } from '../ui/SearchField.tsx';

export interface SiteListProps {
  sites: readonly Site[];
  /** Null while something else than a site is shown. */
  chosenId: string | null;
  /** What can be done beside choosing one. */
  acts?: ReactNode;
  onChoose: (siteId: string) => void;
}

/** The sites, of which one is chosen. */
export function SiteList({ sites, chosenId, acts, onChoose }: SiteListProps) {
  const [words, setWords] = useState('');
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = sites.filter(({ name, address }) => {
    const text = `${name} ${address}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  return (
    <nav
      aria-label="Sites"
      className="flex w-80 shrink-0 flex-col border-r border-line bg-surface-1 max-md:max-h-64 max-md:w-full max-md:border-r-0 max-md:border-b"
    >
      <div className="flex shrink-0 flex-col gap-2 border-b border-line p-2">
        {acts}
        <SearchField label="Find a site" placeholder="Site, address" value={words} onChange={setWords} />
      </div>
      <ul className="m-0 min-h-0 grow list-none overflow-y-auto p-0">
        {shown.map(({ id, name, address }) => (
          <li key={id} className="border-b border-line">
            <button
              type="button"
              aria-current={id === chosenId ? 'true' : undefined}
              onClick={() => onChoose(id)}
              className={classes(
                'flex w-full flex-col border-l-2 px-3 py-2 text-left hover:bg-surface-2 focus-visible:-outline-offset-2',
                id === chosenId ? 'border-l-accent bg-accent-soft' : 'border-l-transparent',
              )}
            >
              <span className="w-full truncate font-medium" title={name}>
                {name}
              </span>
              <span className="w-full truncate text-xs text-muted" title={address}>
                {address}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && sites.length > 0 ? (
        <p className="m-0 p-3 text-muted">No site matches these words.</p>
      ) : null}
    </nav>
  );
}
