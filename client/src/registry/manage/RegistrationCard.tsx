import { registryRoutes } from '@commonsight/types/http/registry-routes';
import type { ErasureReceipt, OwnRegistration, RegistryTerms } from '@commonsight/types/registration';
import { use, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import type { CallResult } from '../../api/CallResult.ts';
import { draftOf } from '../draft/Draft.ts';
import type { Step } from '../draft/Step.ts';
import { FactRow } from '../FactRow.tsx';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { errorWords } from '../../language/messages/messages.ts';
import { dayWords } from '../../language/momentWords.ts';
import { factWords } from '../question/factWords.ts';
import { Problem } from '../../ui/public/Problem.tsx';
import { CardActs } from './CardActs.tsx';
import { ChangeAnswer } from './ChangeAnswer.tsx';
import { ConsentGiven } from './ConsentGiven.tsx';
import { RevealList } from './RevealList.tsx';
import { type Visit, visitHeaders } from './visit.ts';

type ChangeableStep = Exclude<Step, 'agency' | 'summary'>;

const changeable: readonly ChangeableStep[] = [
  'place',
  'kind',
  'placement',
  'view',
  'covers',
  'retention',
  'recording',
  'clock',
  'contact',
];

export interface RegistrationCardProps {
  registration: OwnRegistration;
  visit: Visit;
  terms: readonly RegistryTerms[];
  onChanged: (registration: OwnRegistration) => void;
  onDeleted: (receipt: ErasureReceipt) => void;
  /** Whether it was deleted is not known, because no answer came: reads what is left. */
  onUnsure: () => Promise<void>;
  onTermsChanged: () => void;
  /** The server knows the visit no more. */
  onEnded: () => void;
}

/** One registered camera: its answers, each with a button that changes it, and what can be done with the whole. */
export function RegistrationCard({
  registration,
  visit,
  terms,
  onChanged,
  onDeleted,
  onUnsure,
  onTermsChanged,
  onEnded,
}: RegistrationCardProps) {
  const words = useText();
  const language = use(LanguageContext);
  const [changing, setChanging] = useState<ChangeableStep | null>(null);
  const [told, setTold] = useState<{ done: string | null; problem: string | null }>({ done: null, problem: null });
  const isUnanswered = useRef(false);
  const draft = draftOf(registration);
  const request = { params: { id: registration.id }, headers: visitHeaders(visit) };

  /** Takes the answer of a call into the card; whether it went well. */
  const settle = (result: CallResult<OwnRegistration>, done: string): boolean => {
    if (result.state === 'failed') {
      if (result.error.code === 'notSignedIn') onEnded();
      else setTold({ done: null, problem: errorWords(result.error, words) });
      if (result.error.code === 'termsChanged') onTermsChanged();
    }
    if (result.state !== 'ok') return false;
    onChanged(result.value);
    setTold({ done, problem: null });
    return true;
  };
  /** What is wrong, or null. */
  const remove = async (): Promise<string | null> => {
    const result = await call(registryRoutes.deleteRegistration, request);
    if (result.state === 'ok') onDeleted(result.value);
    if (result.state !== 'failed') return null;
    // An answer that was lost on its way may have been a receipt; then the next try finds neither it nor, after the last
    // one, the visit.
    const { code } = result.error;
    const isUnsure = code === 'unreachable' || code === 'notFound' || (code === 'notSignedIn' && isUnanswered.current);
    isUnanswered.current ||= code === 'unreachable';
    if (isUnsure) await onUnsure();
    else if (code === 'notSignedIn') onEnded();
    return errorWords(result.error, words);
  };
  return (
    <article
      aria-label={registration.address}
      data-registration={registration.id}
      data-state={registration.state}
      className="flex flex-col gap-3 rounded-lg bg-surface-1 py-4 inset-ring inset-ring-line-strong"
    >
      <div className="flex flex-col gap-1 px-4">
        <h2 className="m-0 text-xl font-semibold wrap-anywhere">{registration.address}</h2>
        <p className="m-0">
          {registration.state === 'paused' && registration.pausedUntil !== null
            ? words.manage.paused(dayWords(registration.pausedUntil, language))
            : registration.state === 'dormant'
              ? words.manage.dormant
              : words.manage.active}
        </p>
        <p className="m-0 text-base text-muted">
          {words.manage.confirmed(dayWords(registration.lastConfirmedAt, language))}
        </p>
      </div>
      <div className="flex flex-col gap-1 px-4">
        <output className="block m-0 text-live empty:hidden">{told.done}</output>
        <Problem words={told.problem} />
      </div>
      <dl className="m-0 border-y border-line">
        {changeable.map((step) => (
          <FactRow
            key={step}
            name={words.facts[step]}
            lines={factWords(step, draft, words)}
            onChange={() => {
              setTold({ done: null, problem: null });
              setChanging(step);
            }}
          >
            {step === changing ? (
              <ChangeAnswer
                step={step}
                registered={draft}
                area={visit.area}
                onCancel={() => setChanging(null)}
                onSave={async (change) => {
                  const result = await call(registryRoutes.changeRegistration, { ...request, body: change });
                  if (settle(result, words.manage.saved)) setChanging(null);
                }}
              />
            ) : undefined}
          </FactRow>
        ))}
      </dl>
      <ConsentGiven registration={registration} terms={terms} />
      <RevealList reveals={registration.reveals} />
      <CardActs
        registration={registration}
        terms={terms.find((each) => each.language === language)}
        onPause={async (until) =>
          settle(await call(registryRoutes.pauseRegistration, { ...request, body: { until } }), words.manage.pauseDone)
        }
        onResume={async () => settle(await call(registryRoutes.resumeRegistration, request), words.manage.resumeDone)}
        onConfirm={async (consent) =>
          settle(
            await call(registryRoutes.confirmRegistration, { ...request, body: { consent } }),
            words.manage.confirmDone,
          )
        }
        onDelete={remove}
      />
    </article>
  );
}
