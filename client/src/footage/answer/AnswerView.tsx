import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { exhausted } from '../../exhausted.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { Heading } from '../../ui/public/Heading.tsx';
import { useText } from '../../language/LanguageContext.ts';
import { errorWords } from '../../language/messages/messages.ts';
import { AskedRequest } from './AskedRequest.tsx';
import { BackToOwnPage } from './BackToOwnPage.tsx';
import { useFootageVisit } from './useFootageVisit.ts';

export function AnswerView() {
  const words = useText();
  const { reading, retry, replace, readAgain, end } = useFootageVisit();
  switch (reading.state) {
    case 'opening':
      return <p aria-busy="true">{words.footage.opening}</p>;
    case 'failed':
      return (
        <div className="flex flex-col items-start gap-4">
          <Heading>{words.footage.title}</Heading>
          <p role="alert" className="m-0">
            {errorWords(reading.error, words)}
          </p>
          <BigButton onClick={retry}>{words.tryAgain}</BigButton>
        </div>
      );
    case 'none':
      return (
        <div className="flex flex-col items-start gap-5">
          <BackToOwnPage />
          <Heading>{words.footage.title}</Heading>
          <p role="alert" className="m-0 rounded-lg bg-surface-2 p-4">
            {words.footage[reading.why]}{' '}
            {reading.linkSecret === null ? words.footage.cannotRenew : words.footage.canRenew}
          </p>
          {reading.linkSecret === null ? null : <Renew secret={reading.linkSecret} />}
        </div>
      );
    case 'open':
      return (
        <>
          <BackToOwnPage />
          <AskedRequest
            asked={reading.asked}
            visit={reading.visit}
            onChanged={replace}
            onFilesChanged={() => void readAgain(reading.visit)}
            onEnded={end}
          />
        </>
      );
    default:
      return exhausted(reading);
  }
}

/** Another link, to whoever had this one. */
function Renew({ secret }: { secret: string }) {
  const words = useText();
  const [said, setSaid] = useState<string | null>(null);
  const renew = async (): Promise<void> => {
    const result = await call(footageRoutes.renewFootageLink, { body: { secret } });
    if (result.state === 'ok') setSaid(words.footage.renewed);
    if (result.state === 'failed') setSaid(errorWords(result.error, words));
  };
  return (
    <>
      <BigButton look="primary" onClick={() => void renew()}>
        {words.footage.renew}
      </BigButton>
      <output className="m-0">{said}</output>
    </>
  );
}
