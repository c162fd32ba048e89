import { digestRoutes } from '@commonsight/types/http/digest-routes';
import { use, useState } from 'react';
import { call } from '../../api/call.ts';
import type { CallError } from '../../api/CallResult.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { Heading } from '../../ui/public/Heading.tsx';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { errorWords } from '../../language/messages/messages.ts';
import { digestMoment } from './digestMoment.ts';

type Answer = { state: 'open' | 'busy' } | { state: 'done'; words: string } | { state: 'failed'; words: string };

/** One question and one button: confirm the address, or stop the mails. */
export function AnswerWeeklyMail({ act, secret }: { act: 'confirm' | 'stop'; secret: string }) {
  const words = useText();
  const { digest } = words;
  const language = use(LanguageContext);
  const [answer, setAnswer] = useState<Answer>({ state: 'open' });
  const isStop = act === 'stop';

  function fail(error: CallError): void {
    const isClosed = error.code === 'codeNotAccepted' || error.code === 'notFound';
    setAnswer({ state: 'failed', words: isClosed ? digest.closed : errorWords(error, words) });
  }

  async function stop(): Promise<void> {
    const result = await call(digestRoutes.unsubscribe, { params: { secret } });
    if (result.state === 'ok') setAnswer({ state: 'done', words: digest.stopped });
    if (result.state === 'failed') fail(result.error);
  }

  async function confirm(): Promise<void> {
    const result = await call(digestRoutes.confirmDigest, { body: { secret } });
    if (result.state === 'failed') fail(result.error);
    if (result.state !== 'ok') return;
    const { siteName, nextAt } = result.value;
    setAnswer({ state: 'done', words: digest.confirmed(siteName, digestMoment(nextAt, language)) });
  }

  function go(): void {
    setAnswer({ state: 'busy' });
    void (isStop ? stop() : confirm());
  }

  return (
    <>
      <Heading>{isStop ? digest.stopTitle : digest.confirmTitle}</Heading>
      <p className="m-0">{isStop ? digest.stopWhat : digest.confirmWhat}</p>
      {answer.state === 'done' ? null : (
        <BigButton look="primary" disabled={answer.state === 'busy'} onClick={go}>
          {isStop ? digest.stop : digest.confirm}
        </BigButton>
      )}
      <output className="m-0 block rounded-lg bg-accent-soft p-4 empty:hidden">
        {answer.state === 'done' ? answer.words : null}
      </output>
      <p role="alert" className="m-0 text-stale empty:hidden">
        {answer.state === 'failed' ? answer.words : null}
      </p>
    </>
  );
}
