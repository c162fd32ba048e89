import type { Digest } from '@commonsight/types/digest';
import { use, useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { errorWords, type Messages } from '../../language/messages/messages.ts';
import { momentWords } from '../../language/momentWords.ts';
import { Problem } from '../../ui/public/Problem.tsx';
import { TrainingMails } from '../../ui/public/TrainingMails.tsx';
import { AskDigest } from './AskDigest.tsx';
import { digestMoment } from './digestMoment.ts';
import { type DigestReading, useDigest } from './useDigest.ts';

/** On the owner's page: whether the ledger comes as a weekly mail, to whom, and how it is turned on and off. */
export function DigestSettings({ secret }: { secret: string }) {
  const words = useText();
  const reading = useDigest(secret);
  const { digest, problem, isStopped, isBusy, ask, stop } = reading;
  const [isOther, setOther] = useState(false);
  const isAsking = digest?.state === 'off' || isOther;
  return (
    <section aria-labelledby="weekly-mail" className="flex flex-col items-start gap-3 text-base">
      <h2 id="weekly-mail" className="m-0 text-lg font-semibold">
        {words.digest.title}
      </h2>
      <p className="m-0 text-muted">{words.digest.what}</p>
      <output className="m-0 empty:hidden">
        {isStopped ? words.digest.stopped : null}
        {digest === null || isStopped ? null : <DigestState digest={digest} />}
      </output>
      {digest?.state === 'asked' ? <TrainingMails /> : null}
      {isAsking ? (
        <AskDigest
          isBusy={isBusy}
          onAsk={(wish) => {
            setOther(false);
            return ask(wish);
          }}
        />
      ) : null}
      <Problem words={problem === null ? null : problemWords(problem, words)} />
      {digest === null || digest.state === 'off' ? null : (
        <p className="m-0 flex flex-wrap gap-3">
          {isOther ? null : <BigButton onClick={() => setOther(true)}>{words.digest.other}</BigButton>}
          <BigButton
            disabled={isBusy}
            onClick={() => {
              setOther(false);
              void stop();
            }}
          >
            {words.digest.stop}
          </BigButton>
        </p>
      )}
    </section>
  );
}

function DigestState({ digest }: { digest: Digest }) {
  const { digest: words } = useText();
  const language = use(LanguageContext);
  if (digest.state === 'off') return null;
  if (digest.state === 'asked') return words.asked(digest.address, momentWords(digest.expiresAt, language));
  const { address, asked, nextAt, timeZone } = digest;
  const parts = [words.on(address), words.next(digestMoment(nextAt, language, timeZone))];
  if (asked !== null) parts.push(words.otherAsked(asked.address, momentWords(asked.expiresAt, language)));
  return parts.join(' ');
}

/** What an error says here: two of them have another reason than elsewhere. */
function problemWords(problem: NonNullable<DigestReading['problem']>, words: Messages): string {
  if (problem.code === 'timedOut') return words.digest.notSent;
  if (problem.code === 'tooManyRequests') return words.digest.tooMany;
  return errorWords(problem, words);
}
