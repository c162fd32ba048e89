import type { AskedFootage, FootageAnswer, FootageSession } from '@commonsight/types/footage';
import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { use, useState } from 'react';
import { call } from '../../api/call.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { Heading } from '../../ui/public/Heading.tsx';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { errorWords } from '../../language/messages/messages.ts';
import { AskedMap } from './AskedMap.tsx';
import { footageHeaders } from './footageVisit.ts';
import { RequestFacts } from './RequestFacts.tsx';
import { UploadPart } from './UploadPart.tsx';
import { zonedWords } from './zonedWords.ts';

const answers = ['hasIt', 'nothingRecorded', 'declined'] as const satisfies readonly FootageAnswer[];

export interface AskedRequestProps {
  asked: AskedFootage;
  visit: FootageSession;
  onChanged: (asked: AskedFootage) => void;
  onFilesChanged: () => void;
  /** The visit is over. */
  onEnded: () => void;
}

/** What is asked, the three answers, and the files. */
export function AskedRequest({ asked, visit, onChanged, onFilesChanged, onEnded }: AskedRequestProps) {
  const words = useText();
  const { footage } = words;
  const language = use(LanguageContext);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { state } = asked;
  const isAnswered = state !== 'sent' && state !== 'opened';
  const takesFiles = state === 'hasIt' || state === 'uploading' || state === 'received';
  const answer = async (given: FootageAnswer): Promise<void> => {
    setIsBusy(true);
    setProblem(null);
    const result = await call(footageRoutes.answerFootage, { body: { answer: given }, headers: footageHeaders(visit) });
    setIsBusy(false);
    if (result.state === 'ok') onChanged(result.value);
    if (result.state !== 'failed') return;
    const { code } = result.error;
    if (code === 'notSignedIn') return onEnded();
    setProblem(code === 'conflict' ? footage.answerConflict : errorWords(result.error, words));
    // What the page shows is not how it stands any more.
    if (code === 'conflict') onFilesChanged();
  };
  return (
    <div className="flex flex-col gap-6">
      <Heading>{footage.asks(asked.agency)}</Heading>
      <p className="m-0 rounded-lg bg-surface-1 p-4 whitespace-pre-wrap wrap-anywhere inset-ring inset-ring-line">
        {asked.text}
      </p>
      <RequestFacts asked={asked} />
      <AskedMap asked={asked} />
      {asked.overwrittenAt === null || state === 'received' ? null : (
        <p className="m-0 rounded-lg bg-surface-2 p-4">
          {footage.overwritten(zonedWords(asked.overwrittenAt, language, asked.timeZone))}
        </p>
      )}
      <section aria-labelledby="answer" className="flex flex-col gap-3">
        <h2 id="answer" className="m-0 text-xl font-semibold">
          {footage.question}
        </h2>
        <p className="m-0 text-base text-muted">{footage.free}</p>
        {state === 'received' ? null : (
          <div className="flex flex-wrap gap-3">
            {answers.map((each) => (
              <BigButton
                key={each}
                look={each === 'hasIt' && !isAnswered ? 'primary' : 'secondary'}
                aria-pressed={state === each || (each === 'hasIt' && state === 'uploading')}
                disabled={isBusy || (each === 'hasIt' && state === 'uploading')}
                onClick={() => void answer(each)}
                className="max-sm:w-full"
              >
                {footage[each]}
              </BigButton>
            ))}
          </div>
        )}
        <output className="m-0 block rounded-lg bg-accent-soft p-4 empty:hidden">
          {isAnswered ? `${footage.answered}: ${footage.states[state]}. ${footage.thanks}` : null}
          {isAnswered && state !== 'received' ? ` ${footage.changeable}` : null}
        </output>
        {state === 'uploading' ? <p className="m-0 text-base text-muted">{footage.takesBack}</p> : null}
        {problem === null ? null : (
          <p role="alert" className="m-0 text-stale">
            {problem}
          </p>
        )}
      </section>
      {takesFiles ? <UploadPart asked={asked} visit={visit} onFilesChanged={onFilesChanged} /> : null}
    </div>
  );
}
