import type { OwnApplication, WithdrawalReceipt } from '@commonsight/types/application';
import { applicationRoutes } from '@commonsight/types/http/application-routes';
import { use, useState } from 'react';
import { call } from '../api/call.ts';
import { LanguageContext, useText } from '../language/LanguageContext.ts';
import { errorWords } from '../language/messages/messages.ts';
import { dayWords, momentWords } from '../language/momentWords.ts';
import { BigButton } from '../ui/public/BigButton.tsx';
import { Heading } from '../ui/public/Heading.tsx';
import { Problem } from '../ui/public/Problem.tsx';

export interface OwnApplicationCardProps {
  application: OwnApplication;
  secret: string;
  onWithdrawn: (receipt: WithdrawalReceipt) => void;
}

/** How an application stands, and the way to take it back while it waits. */
export function OwnApplicationCard({ application, secret, onWithdrawn }: OwnApplicationCardProps) {
  const words = useText();
  const { share, manage } = words;
  const language = use(LanguageContext);
  const [isAsking, setAsking] = useState(false);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { state, agencyName, name, reason, consent } = application;

  const withdraw = async (): Promise<void> => {
    setSending(true);
    setProblem(null);
    const result = await call(applicationRoutes.withdrawApplication, { body: { secret } });
    setSending(false);
    if (result.state === 'ok') onWithdrawn(result.value);
    if (result.state !== 'failed') return;
    setProblem(result.error.code === 'conflict' ? share.decided : errorWords(result.error, words));
  };

  return (
    <div className="flex flex-col gap-5">
      <Heading>{share.yours}</Heading>
      <article
        data-state={state}
        className="flex flex-col gap-3 rounded-lg bg-surface-1 p-4 inset-ring inset-ring-line-strong"
      >
        {name === null ? null : <h2 className="m-0 text-xl font-semibold wrap-anywhere">{name}</h2>}
        <p className="m-0 wrap-anywhere">{share[state](agencyName)}</p>
        {reason === null ? null : <p className="m-0">{share.reasons[reason]}</p>}
        <p className="m-0 text-base text-muted">{share.agreed(consent.version, momentWords(consent.at, language))}</p>
        {name === null ? null : (
          <p className="m-0 text-base text-muted">{share.erasedBy(dayWords(application.erasedBy, language))}</p>
        )}
      </article>
      {state !== 'waiting' ? null : isAsking ? (
        <section aria-labelledby="withdraw" className="flex flex-col gap-3 rounded-lg bg-surface-2 p-4">
          <h2 id="withdraw" className="m-0 text-xl font-semibold">
            {share.withdrawTitle}
          </h2>
          <p className="m-0">{share.withdrawText}</p>
          <div className="flex flex-wrap gap-3">
            <BigButton look="danger" disabled={isSending} onClick={() => void withdraw()}>
              {share.withdrawNow}
            </BigButton>
            <BigButton onClick={() => setAsking(false)}>{manage.cancel}</BigButton>
          </div>
        </section>
      ) : (
        <BigButton className="self-start" onClick={() => setAsking(true)}>
          {share.withdraw}
        </BigButton>
      )}
      <Problem words={problem} />
    </div>
  );
}
