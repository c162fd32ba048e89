import { registryRoutes } from '@commonsight/types/http/registry-routes';
import { emailSchema } from '@commonsight/types/registration';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { useText } from '../../language/LanguageContext.ts';
import { errorWords } from '../../language/messages/messages.ts';
import { prove } from '../proof/prove.ts';
import { TrainingMails } from '../../ui/public/TrainingMails.tsx';
import { Choices } from '../question/Choices.tsx';
import { Problem } from '../../ui/public/Problem.tsx';
import { TextAnswer } from '../../ui/public/TextAnswer.tsx';

type Asking =
  | { state: 'none' | 'mailed' }
  | { state: 'sending'; progress: number }
  | { state: 'failed'; words: string };

/** Asks for a link by mail. The answer is the same for every address: it does not tell who has registered. */
export function AskForLink({ agencies }: { agencies: readonly { slug: string; name: string }[] }) {
  const words = useText();
  const [email, setEmail] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState<{ email: boolean; agency: boolean }>({ email: false, agency: false });
  const [asking, setAsking] = useState<Asking>({ state: 'none' });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!problem.email && !problem.agency) return;
    const wrong = problem.agency ? 'input[type="radio"]' : '[aria-invalid="true"]';
    form.current?.querySelector<HTMLElement>(wrong)?.focus();
  }, [problem]);
  const agency = agencies.length === 1 ? (agencies[0]?.slug ?? null) : chosen;

  const ask = async (): Promise<void> => {
    const found = { email: !emailSchema.safeParse(email.trim()).success, agency: agency === null };
    setProblem(found);
    if (found.email || agency === null) return;
    setAsking({ state: 'sending', progress: 0 });
    const proof = await prove((progress) => setAsking({ state: 'sending', progress }));
    const result =
      proof.state === 'ok'
        ? await call(registryRoutes.mailRegistrantLink, { body: { agency, email: email.trim(), proof: proof.value } })
        : proof;
    if (result.state === 'ok') setAsking({ state: 'mailed' });
    if (result.state === 'failed') setAsking({ state: 'failed', words: errorWords(result.error, words) });
  };
  if (asking.state === 'mailed') {
    return (
      <div className="flex flex-col items-start gap-2">
        <output className="block m-0 rounded-lg bg-accent-soft p-4">{words.link.mailed}</output>
        <TrainingMails />
      </div>
    );
  }
  return (
    <form
      ref={form}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void ask();
      }}
    >
      <h2 className="m-0 text-xl font-semibold">{words.link.ask}</h2>
      <p className="m-0 text-muted">{words.link.askHelp}</p>
      {agencies.length > 1 ? (
        <Choices
          label={words.agency.title}
          kind="radio"
          options={agencies.map(({ slug, name }) => ({ value: slug, label: name }))}
          chosen={chosen === null ? [] : [chosen]}
          problem={problem.agency ? words.problems.choose : null}
          onChoose={setChosen}
        />
      ) : null}
      <TextAnswer
        label={words.contact.email}
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        value={email}
        problem={problem.email ? words.problems.email : null}
        onType={setEmail}
      />
      {asking.state === 'sending' ? (
        <div className="flex flex-col gap-2">
          <output className="block m-0 text-base">{words.summary.proving}</output>
          <progress aria-label={words.summary.sending} value={asking.progress} className="h-2 w-full accent-accent" />
        </div>
      ) : null}
      <Problem words={asking.state === 'failed' ? asking.words : null} />
      <BigButton type="submit" look="primary" className="self-start" disabled={asking.state === 'sending'}>
        {words.link.send}
      </BigButton>
    </form>
  );
}
