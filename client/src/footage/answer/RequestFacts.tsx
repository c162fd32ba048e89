import type { AskedFootage } from '@commonsight/types/footage';
import { type ReactNode, use } from 'react';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { zonedWords } from './zonedWords.ts';

/** What is wanted, where and when, also by the clock of each camera that is wrong. */
export function RequestFacts({ asked }: { asked: AskedFootage }) {
  const { footage } = useText();
  const language = use(LanguageContext);
  const { window, timeZone } = asked;
  const timeOf = (moment: string, aheadSeconds = 0): string =>
    zonedWords(new Date(Date.parse(moment) + aheadSeconds * 1_000).toISOString(), language, timeZone);
  return (
    <dl className="m-0 grid gap-x-6 gap-y-3 sm:grid-cols-[auto_minmax(0,1fr)]">
      <Fact name={footage.number}>{asked.number}</Fact>
      <Fact name={footage.place}>{asked.place}</Fact>
      <Fact name={footage.wanted}>{footage.between(timeOf(window.from), timeOf(window.to))}</Fact>
      <Fact name={footage.deadline}>{timeOf(asked.deadline)}</Fact>
      <Fact name={footage.cameras}>
        {asked.cameras.map(({ name, clockOffsetSeconds }, at) => (
          <span key={`${String(at)} ${name}`} className="block">
            {name}
            {Math.abs(clockOffsetSeconds) < 60 ? null : (
              <span className="block text-base text-muted">
                {footage.clock(timeOf(window.from, clockOffsetSeconds), timeOf(window.to, clockOffsetSeconds))}
              </span>
            )}
          </span>
        ))}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-base text-muted max-sm:-mb-2">{name}</dt>
      <dd className="m-0 wrap-anywhere">{children}</dd>
    </div>
  );
}
