import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { use, useEffect, useRef, useState } from 'react';
import { BigButton } from '../ui/public/BigButton.tsx';
import { keepDraft, readDraft } from './draft/draftMemory.ts';
import { type Draft, emptyDraft } from './draft/Draft.ts';
import { openStep, stepsFor } from './draft/openStep.ts';
import { type Problems, problemsOf } from './draft/problems.ts';
import type { Step } from './draft/Step.ts';
import { Heading } from '../ui/public/Heading.tsx';
import { LanguageContext, useText } from '../language/LanguageContext.ts';
import { ProgressDots } from './ProgressDots.tsx';
import { Question } from './question/Question.tsx';
import { Added } from './Added.tsx';
import { forgetVisit, readOpenVisit } from './manage/visit.ts';
import { Sent } from './Sent.tsx';
import { Summary } from './Summary.tsx';
import { useSendRegistration } from './useSendRegistration.ts';
import { tabStorage } from '../visit/safeStorage.ts';
import type { OpenRegistry } from './useRegistry.ts';

export interface WizardProps {
  registry: OpenRegistry;
  onTermsChanged: () => void;
}

/**
 * One question on each screen. In an open visit the registration is added to those of its mail address, without another mail. Which one stands in the address, so that the browser's back and forward work too; the
 * answers stand in this tab's storage, so that a reload keeps them.
 */
export function Wizard({ registry, onTermsChanged }: WizardProps) {
  const words = useText();
  const language = use(LanguageContext);
  const navigate = useNavigate();
  const { question } = useSearch({ from: '/register' });
  const [draft, setDraft] = useState(() => readDraft(tabStorage));
  const [shown, setShown] = useState<{ step: Step; problems: Problems }>({ step: 'kind', problems: {} });
  const form = useRef<HTMLFormElement>(null);
  const [opened, setOpened] = useState(() => readOpenVisit(tabStorage, Date.now()));
  const { sending, send, add, startAnew } = useSendRegistration({
    onTermsChanged,
    onEnded: () => {
      forgetVisit(tabStorage);
      setOpened(null);
    },
  });

  const ofVisit = registry.agencies.find(({ slug }) => slug === opened?.agency);
  const visit = ofVisit === undefined ? null : opened;
  const agency =
    ofVisit ??
    (registry.agencies.length === 1
      ? registry.agencies[0]
      : registry.agencies.find(({ slug }) => slug === draft.agency));
  const area = agency?.area ?? null;
  const terms = registry.terms.find((each) => each.language === language);
  const asked = stepsFor({ agencyCount: registry.agencies.length, isVisit: visit !== null });
  const step = openStep(question ?? asked[0] ?? 'kind', asked, draft, area);
  const index = asked.indexOf(step);
  const problems = shown.step === step ? shown.problems : {};

  useEffect(() => {
    // The first field with a problem is where the person goes on.
    if (Object.keys(shown.problems).length === 0) return;
    const find = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    (find('[aria-invalid="true"]') ?? find('input'))?.focus();
  }, [shown]);

  const answer = (given: Partial<Draft>): void => {
    const next = { ...draft, ...given };
    setDraft(next);
    keepDraft(tabStorage, next);
    // What was wrong and is right now is not held against anybody; new problems wait until the answer is given.
    const left = problemsOf(step, next, area);
    setShown((before) => ({
      step: before.step,
      problems: Object.fromEntries(Object.entries(before.problems).filter(([field]) => field in left)),
    }));
  };
  const goTo = (to: Step | undefined): void => {
    if (to !== undefined) void navigate({ to: '/register', search: { question: to } });
  };
  const goOn = (): void => {
    // Another language has other terms: the tick counts for the text that stands there.
    const current = { ...draft, agreedHash: draft.agreedHash === terms?.hash ? draft.agreedHash : null };
    const found = problemsOf(step, current, area);
    setShown({ step, problems: found });
    if (Object.keys(found).length > 0) return;
    if (step !== 'summary') goTo(asked[index + 1]);
    else if (terms !== undefined && visit !== null) void add(current, visit, terms);
    else if (terms !== undefined && agency !== undefined) void send(current, agency.slug, terms);
  };

  if (sending.state === 'sent') {
    return (
      <Sent
        email={draft.email.trim()}
        until={sending.linkExpiresAt}
        onCorrect={() => {
          keepDraft(tabStorage, draft);
          startAnew();
          goTo('contact');
        }}
      />
    );
  }
  if (sending.state === 'added') {
    return (
      <Added
        onAnother={() => {
          setDraft(emptyDraft);
          startAnew();
          goTo(asked[0]);
        }}
      />
    );
  }
  return (
    <form
      ref={form}
      noValidate
      className="flex grow flex-col gap-5"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        goOn();
      }}
    >
      <ProgressDots index={index} count={asked.length} />
      <div className="flex flex-col gap-2">
        <Heading key={step}>{words[step].title}</Heading>
        <p className="m-0 text-muted empty:hidden">{words[step].help}</p>
      </div>
      {step === 'summary' ? (
        <Summary
          draft={draft}
          agency={agency?.name ?? ''}
          asked={asked}
          terms={terms}
          isVisit={visit !== null}
          problem={problems.agreedHash === undefined ? null : words.problems[problems.agreedHash]}
          sending={sending}
          onAnswer={answer}
          onChange={goTo}
        />
      ) : (
        <Question
          key={step}
          step={step}
          draft={draft}
          problems={problems}
          area={area}
          agencies={registry.agencies}
          isRegistered={false}
          onAnswer={answer}
        />
      )}
      <div className="mt-auto flex flex-wrap-reverse gap-3 pt-3 sm:mt-0">
        {index > 0 ? (
          <BigButton className="grow sm:grow-0" onClick={() => goTo(asked[index - 1])}>
            {words.back}
          </BigButton>
        ) : null}
        <BigButton
          type="submit"
          look="primary"
          className="grow sm:ml-auto sm:grow-0"
          disabled={sending.state === 'sending'}
        >
          {step === 'summary' ? words.summary.send : words.next}
        </BigButton>
      </div>
      {index === 0 ? (
        <Link
          to="/register/manage"
          className="flex min-h-11 items-center self-start text-accent underline underline-offset-4"
        >
          {words.link.manage}
        </Link>
      ) : null}
      {index === 0 ? (
        <Link to="/share" className="flex min-h-11 items-center self-start text-accent underline underline-offset-4">
          {words.share.toShare}
        </Link>
      ) : null}
    </form>
  );
}
