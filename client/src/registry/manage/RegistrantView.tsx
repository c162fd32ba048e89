import { exhausted } from '../../exhausted.ts';
import type { ErasureReceipt } from '@commonsight/types/registration';
import { Link } from '@tanstack/react-router';
import { use, useState } from 'react';
import { RegistrantInbox } from '../../footage/answer/RegistrantInbox.tsx';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { Heading } from '../../ui/public/Heading.tsx';
import { AddCameras } from '../many/AddCameras.tsx';
import { ConfirmAll } from '../many/ConfirmAll.tsx';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { errorWords } from '../../language/messages/messages.ts';
import { momentWords } from '../../language/momentWords.ts';
import { useRegistry } from '../useRegistry.ts';
import { AskForLink } from './AskForLink.tsx';
import { Receipt } from './Receipt.tsx';
import { RegistrationCard } from './RegistrationCard.tsx';
import { RegistrationList } from './RegistrationList.tsx';
import { useVisit } from './useVisit.ts';
import { Waiting } from '../Waiting.tsx';

export function RegistrantView() {
  const words = useText();
  const language = use(LanguageContext);
  const { reading, retry, readLeft, change, replace, end } = useVisit();
  const { reading: registry, readAgain: readRegistryAgain } = useRegistry();
  const terms = registry.state === 'ready' ? registry.registry.terms : [];
  const [receipt, setReceipt] = useState<ErasureReceipt | null>(null);
  const [erased, setErased] = useState<string | null>(null);
  if (receipt !== null) return <Receipt receipt={receipt} onDone={() => setReceipt(null)} />;
  if (erased !== null) {
    return (
      <div className="flex flex-col items-start gap-5">
        <Heading>{words.manage.receiptTitle}</Heading>
        <p className="m-0 wrap-anywhere">{erased}</p>
        <BigButton onClick={() => setErased(null)}>{words.manage.done}</BigButton>
      </div>
    );
  }
  switch (reading.state) {
    case 'opening':
      return <p aria-busy="true">{words.link.opening}</p>;
    case 'failed':
      return (
        <div className="flex flex-col items-start gap-4">
          <Heading>{words.link.title}</Heading>
          <p role="alert" className="m-0">
            {errorWords(reading.error, words)}
          </p>
          <BigButton onClick={retry}>{words.tryAgain}</BigButton>
        </div>
      );
    case 'none':
      return (
        <div className="flex flex-col gap-5">
          <Heading>{words.link.title}</Heading>
          {reading.why === 'noLink' ? null : (
            <p role="alert" className="m-0 rounded-lg bg-surface-2 p-4">
              {words.link[reading.why]}
            </p>
          )}
          {registry.state === 'ready' && registry.registry.agencies.length > 0 ? (
            <AskForLink agencies={registry.registry.agencies} />
          ) : (
            <Waiting reading={registry} isPart onTryAgain={readRegistryAgain} />
          )}
          <RegisterLink />
        </div>
      );
    case 'open':
      return (
        <div className="flex flex-col gap-5">
          <Heading>{words.link.title}</Heading>
          {reading.isVerified ? (
            <output className="block m-0 rounded-lg bg-accent-soft p-4">{words.link.verified}</output>
          ) : null}
          {reading.registrations.length === 0 ? <p className="m-0">{words.link.none}</p> : null}
          {reading.registrations.length < 2 ? null : (
            <ConfirmAll
              registrations={reading.registrations}
              visit={reading.visit}
              terms={terms}
              onConfirmed={(confirmed) => replace(() => confirmed)}
              onTermsChanged={readRegistryAgain}
              onEnded={() => end('ended')}
            />
          )}
          {reading.registrations.length === 0 ? null : <RegistrantInbox visit={reading.visit} />}
          <RegistrationList registrations={reading.registrations}>
            {(registration) => (
              <RegistrationCard
                key={registration.id}
                registration={registration}
                visit={reading.visit}
                terms={terms}
                onChanged={(changed) => change(registration.id, changed)}
                onDeleted={(given) => {
                  change(registration.id, null);
                  setReceipt(given);
                }}
                onUnsure={async () => {
                  const left = await readLeft(reading.visit);
                  if (left === null || left.some(({ id }) => id === registration.id)) return;
                  const now = momentWords(new Date().toISOString(), language);
                  setErased(words.manage.erasedAnyway(registration.id, now));
                }}
                onTermsChanged={readRegistryAgain}
                onEnded={() => end('ended')}
              />
            )}
          </RegistrationList>
          {reading.registrations.length === 0 ? null : (
            <AddCameras
              visit={reading.visit}
              terms={terms}
              onAdded={(added) => replace((before) => [...before, ...added])}
              onTermsChanged={readRegistryAgain}
              onEnded={() => end('ended')}
            />
          )}
          <div className="flex flex-wrap items-center justify-between gap-3">
            <RegisterLink />
            <BigButton look="quiet" onClick={() => end('left')}>
              {words.link.leave}
            </BigButton>
          </div>
        </div>
      );
    default:
      return exhausted(reading);
  }
}

function RegisterLink() {
  const { link } = useText();
  return (
    <Link to="/register" className="flex min-h-11 items-center self-start text-accent underline underline-offset-4">
      {link.register}
    </Link>
  );
}
