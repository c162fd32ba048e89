import type { WithdrawalReceipt } from '@commonsight/types/application';
import { Link } from '@tanstack/react-router';
import { use, useState } from 'react';
import { exhausted } from '../exhausted.ts';
import { LanguageContext, useText } from '../language/LanguageContext.ts';
import { errorWords } from '../language/messages/messages.ts';
import { momentWords } from '../language/momentWords.ts';
import { BigButton } from '../ui/public/BigButton.tsx';
import { Heading } from '../ui/public/Heading.tsx';
import { useLink } from '../visit/useLink.ts';
import { type ApplicationReading, openApplication, readApplication } from './openApplication.ts';
import { OwnApplicationCard } from './OwnApplicationCard.tsx';

export function ApplicationView() {
  const words = useText();
  const language = use(LanguageContext);
  const [reading, setReading] = useState<ApplicationReading>({ state: 'opening' });
  const [receipt, setReceipt] = useState<WithdrawalReceipt | null>(null);
  useLink(openApplication, setReading);
  if (receipt !== null) {
    return (
      <div className="flex flex-col items-start gap-4">
        <Heading key="withdrawn">{words.share.withdrawn}</Heading>
        <p className="m-0">{words.share.withdrawnText(momentWords(receipt.erasedAt, language))}</p>
      </div>
    );
  }
  switch (reading.state) {
    case 'opening':
      return <p aria-busy="true">{words.share.opening}</p>;
    case 'none':
      return (
        <div className="flex flex-col items-start gap-4">
          <Heading>{words.share.yours}</Heading>
          <p role="alert" className="m-0 rounded-lg bg-surface-2 p-4">
            {words.share[reading.why]}
          </p>
          <Link to="/share" className="flex min-h-11 items-center text-accent underline underline-offset-4">
            {words.share.heading}
          </Link>
        </div>
      );
    case 'failed':
      return (
        <div className="flex flex-col items-start gap-4">
          <Heading>{words.share.yours}</Heading>
          <p role="alert" className="m-0">
            {errorWords(reading.error, words)}
          </p>
          <BigButton
            onClick={() => {
              setReading({ state: 'opening' });
              void readApplication(reading.secret).then(setReading);
            }}
          >
            {words.tryAgain}
          </BigButton>
        </div>
      );
    case 'open':
      return <OwnApplicationCard application={reading.application} secret={reading.secret} onWithdrawn={setReceipt} />;
    default:
      return exhausted(reading);
  }
}
