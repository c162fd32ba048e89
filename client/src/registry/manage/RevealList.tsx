import type { OwnReveal } from '@commonsight/types/registration';
import { use } from 'react';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { momentWords } from '../../language/momentWords.ts';

/** When the contact of a registration was shown to police, and what for: newest first. */
export function RevealList({ reveals }: { reveals: readonly OwnReveal[] }) {
  const { manage, purposes } = useText();
  const language = use(LanguageContext);
  return (
    <section className="flex flex-col gap-1 px-4">
      <h3 className="m-0 text-base font-semibold">{manage.reveals}</h3>
      {reveals.length === 0 ? <p className="m-0 text-base text-muted">{manage.noReveals}</p> : null}
      <ul className="m-0 list-none p-0 text-base empty:hidden">
        {reveals.map(({ at, purpose }) => (
          <li key={at} className="flex flex-wrap gap-x-3">
            <time dateTime={at} className="text-muted">
              {momentWords(at, language)}
            </time>
            {purposes[purpose]}
          </li>
        ))}
      </ul>
    </section>
  );
}
