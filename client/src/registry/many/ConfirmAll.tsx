import { registryRoutes } from '@commonsight/types/http/registry-routes';
import type { OwnRegistration, RegistryTerms } from '@commonsight/types/registration';
import { use, useState } from 'react';
import { call } from '../../api/call.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { NewTerms } from '../manage/NewTerms.tsx';
import { type Visit, visitHeaders } from '../manage/visit.ts';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { errorWords } from '../../language/messages/messages.ts';
import { momentWords } from '../../language/momentWords.ts';
import { Problem } from '../../ui/public/Problem.tsx';

export interface ConfirmAllProps {
  registrations: readonly OwnRegistration[];
  visit: Visit;
  terms: readonly RegistryTerms[];
  onConfirmed: (registrations: readonly OwnRegistration[]) => void;
  onTermsChanged: () => void;
  /** The server knows the visit no more. */
  onEnded: () => void;
}

/** One answer to the yearly question for all cameras, and the new terms where they have changed. */
export function ConfirmAll({ registrations, visit, terms, onConfirmed, onTermsChanged, onEnded }: ConfirmAllProps) {
  const words = useText();
  const language = use(LanguageContext);
  const [told, setTold] = useState<{ isDone: boolean; problem: string | null }>({ isDone: false, problem: null });
  const [isSending, setSending] = useState(false);
  const current = terms.find((one) => one.language === language);
  const changed =
    current !== undefined && registrations.some(({ consent }) => consent.version !== current.version) ? current : null;

  const newest = registrations.map(({ consent }) => consent).toSorted((a, b) => b.at.localeCompare(a.at))[0];

  const confirm = async (): Promise<void> => {
    setSending(true);
    const consent = changed === null ? null : { version: changed.version, hash: changed.hash };
    const result = await call(registryRoutes.confirmAllRegistrations, {
      headers: visitHeaders(visit),
      body: { consent },
    });
    setSending(false);
    if (result.state === 'failed') {
      if (result.error.code === 'notSignedIn') onEnded();
      else setTold({ isDone: false, problem: errorWords(result.error, words) });
      if (result.error.code === 'termsChanged') onTermsChanged();
    }
    if (result.state !== 'ok') return;
    setTold({ isDone: true, problem: null });
    onConfirmed(result.value.registrations);
  };
  return (
    <div className="flex flex-col gap-3">
      {changed === null ? null : <NewTerms terms={changed} />}
      <BigButton disabled={isSending} onClick={() => void confirm()}>
        {changed === null ? words.many.confirm(registrations.length) : words.many.agreeAndConfirm(registrations.length)}
      </BigButton>
      {told.isDone ? (
        <output className="block m-0 rounded-lg bg-accent-soft p-4">
          {words.many.confirmed}
          {newest === undefined ? null : ` ${words.consent.agreed(newest.version, momentWords(newest.at, language))}`}
        </output>
      ) : null}
      <Problem words={told.problem} />
    </div>
  );
}
