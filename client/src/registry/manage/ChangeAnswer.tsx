import type { Area, RegistrationChange } from '@commonsight/types/registration';
import { useEffect, useRef, useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { changeOf } from '../draft/answers.ts';
import type { Draft } from '../draft/Draft.ts';
import { type Problems, problemsOf } from '../draft/problems.ts';
import type { Step } from '../draft/Step.ts';
import { useText } from '../../language/LanguageContext.ts';
import { Question } from '../question/Question.tsx';

export interface ChangeAnswerProps {
  step: Exclude<Step, 'agency' | 'summary'>;
  registered: Draft;
  area: Area | null;
  onSave: (change: RegistrationChange) => Promise<void>;
  onCancel: () => void;
}

/** A question of the wizard again, with the answer that is registered. */
export function ChangeAnswer({ step, registered, area, onSave, onCancel }: ChangeAnswerProps) {
  const words = useText();
  const [draft, setDraft] = useState(registered);
  const [problems, setProblems] = useState<Problems>({});
  const [isSaving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), []);
  const save = async (): Promise<void> => {
    // A mail's address that an old rule let in is no problem of a change that leaves it.
    const { email: _email, ...found } = problemsOf(step, draft, area);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    setSaving(true);
    await onSave(changeOf(step, draft));
    setSaving(false);
  };
  return (
    <form
      ref={form}
      noValidate
      aria-label={words[step].title}
      className="flex flex-col gap-4 pb-3"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void save();
      }}
    >
      <p className="m-0 font-semibold">{words[step].title}</p>
      <Question
        step={step}
        draft={draft}
        problems={problems}
        area={area}
        agencies={[]}
        isRegistered
        onAnswer={(answer) => setDraft({ ...draft, ...answer })}
      />
      <div className="flex flex-wrap gap-3">
        <BigButton type="submit" look="primary" disabled={isSaving}>
          {words.manage.save}
        </BigButton>
        <BigButton onClick={onCancel}>{words.manage.cancel}</BigButton>
      </div>
    </form>
  );
}
