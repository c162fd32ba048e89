import { registrationKindSchema } from '@commonsight/types/registration';
import { type ReactNode, use, useEffect, useRef, useState } from 'react';
import { LanguageContext, useText } from '../language/LanguageContext.ts';
import { errorWords } from '../language/messages/messages.ts';
import { Choices } from '../registry/question/Choices.tsx';
import { PlaceAnswer } from '../registry/question/PlaceAnswer.tsx';
import { BigButton } from '../ui/public/BigButton.tsx';
import { Heading } from '../ui/public/Heading.tsx';
import { Problem } from '../ui/public/Problem.tsx';
import { TextAnswer } from '../ui/public/TextAnswer.tsx';
import { Agreement } from './Agreement.tsx';
import {
  type ApplicationDraft,
  type ApplicationProblems,
  emptyApplication,
  problemsOf,
  stillWrong,
} from './ApplicationDraft.ts';
import { Applied } from './Applied.tsx';
import { ApplicantFields } from './ApplicantFields.tsx';
import { ToRegister } from './ToRegister.tsx';
import type { ApplicationOffer } from './useApplicationForm.ts';
import { useSendApplication } from './useSendApplication.ts';

export interface ApplicationFormProps {
  offer: ApplicationOffer;
  onTermsChanged: () => void;
}

/** One page of questions: an application is made once, by somebody who has thought about it. */
export function ApplicationForm({ offer, onTermsChanged }: ApplicationFormProps) {
  const words = useText();
  const language = use(LanguageContext);
  const [draft, setDraft] = useState(emptyApplication);
  const [problems, setProblems] = useState<ApplicationProblems>({});
  const form = useRef<HTMLFormElement>(null);
  const { sending, send, startAnew } = useSendApplication(onTermsChanged);
  const [only, ...others] = offer.agencies;
  const agency = others.length === 0 ? only : offer.agencies.find(({ slug }) => slug === draft.agency);
  const terms = offer.terms.find((each) => each.language === language);
  // Another language has other terms: the tick counts for the text that stands there.
  const current: ApplicationDraft = {
    ...draft,
    agency: agency?.slug ?? null,
    agreedHash: draft.agreedHash === terms?.hash ? draft.agreedHash : null,
  };

  useEffect(() => {
    // The first field with a problem is where the person goes on.
    if (Object.keys(problems).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong] input')?.focus();
  }, [problems]);

  const answer = (given: Partial<ApplicationDraft>): void => setDraft((before) => ({ ...before, ...given }));
  // What was wrong and is right now is not held against anybody; new problems wait until it is sent.
  const shown = stillWrong(problems, problemsOf(current, agency?.area ?? null));
  const wordsOf = (field: keyof ApplicationDraft): string | null => {
    const problem = shown[field];
    return problem === undefined ? null : words.problems[problem];
  };
  const ownWordsOf = (field: 'name' | 'cameras'): string | null => {
    const problem = shown.own?.[field];
    return problem === undefined ? null : words.share.problems[problem];
  };

  if (sending.state === 'sent') {
    return <Applied email={draft.email.trim()} until={sending.linkExpiresAt} onChange={startAnew} />;
  }
  return (
    <form
      ref={form}
      noValidate
      className="flex grow flex-col gap-8"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        const found = problemsOf(current, agency?.area ?? null);
        setProblems(found);
        const isRight = Object.keys(found).length === 0;
        if (isRight && agency !== undefined && terms !== undefined) void send(current, agency.slug, terms);
      }}
    >
      <div className="flex flex-col gap-3">
        <Heading>{words.share.heading}</Heading>
        <p className="m-0">{words.share.what}</p>
        <div className="rounded-lg bg-accent-soft p-4">
          <p className="m-0">{words.share.differs}</p>
          <ToRegister />
        </div>
      </div>
      {others.length === 0 ? null : (
        <Question title={words.share.agency} isWrong={shown.agency !== undefined}>
          <Choices
            label={words.share.agency}
            kind="radio"
            options={offer.agencies.map(({ slug, name }) => ({ value: slug, label: name }))}
            chosen={draft.agency === null ? [] : [draft.agency]}
            problem={wordsOf('agency')}
            onChoose={(slug) => answer({ agency: slug })}
          />
        </Question>
      )}
      <Question title={words.share.kind} isWrong={shown.kind !== undefined}>
        <Choices
          label={words.share.kind}
          kind="radio"
          options={registrationKindSchema.options.map((kind) => ({ value: kind, label: words.kind[kind] }))}
          chosen={draft.kind === null ? [] : [draft.kind]}
          problem={wordsOf('kind')}
          onChoose={(kind) => answer({ kind })}
        />
      </Question>
      <TextAnswer
        label={words.share.name}
        help={words.share.nameHelp}
        autoComplete="organization"
        value={draft.name}
        problem={ownWordsOf('name')}
        onType={(name) => answer({ name })}
      />
      <PlaceAnswer draft={draft} problems={shown} area={agency?.area ?? null} onAnswer={answer} />
      <TextAnswer
        label={words.share.cameras}
        inputMode="numeric"
        autoComplete="off"
        value={draft.cameras}
        problem={ownWordsOf('cameras')}
        onType={(cameras) => answer({ cameras })}
      />
      <ApplicantFields draft={draft} wordsOf={wordsOf} onAnswer={answer} />
      {terms === undefined ? null : (
        <Agreement
          terms={terms}
          isAgreed={current.agreedHash !== null}
          problem={wordsOf('agreedHash')}
          onAgree={(isAgreed) => answer({ agreedHash: isAgreed ? terms.hash : null })}
        />
      )}
      {sending.state === 'sending' ? (
        <div className="flex flex-col gap-2">
          <output className="m-0 block text-base">{words.summary.proving}</output>
          <progress aria-label={words.summary.sending} value={sending.progress} className="h-2 w-full accent-accent" />
        </div>
      ) : null}
      <Problem words={sending.state === 'failed' ? errorWords(sending.error, words) : null} />
      <BigButton type="submit" look="primary" className="sm:self-end" disabled={sending.state === 'sending'}>
        {words.share.send}
      </BigButton>
    </form>
  );
}

function Question({ title, isWrong, children }: { title: string; isWrong: boolean; children: ReactNode }) {
  return (
    <div data-wrong={isWrong ? '' : undefined} className="flex flex-col gap-2">
      <h2 className="m-0 text-base font-medium">{title}</h2>
      {children}
    </div>
  );
}
