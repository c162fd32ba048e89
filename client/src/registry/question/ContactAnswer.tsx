import { useText } from '../../language/LanguageContext.ts';
import type { AnswerProps } from './Question.tsx';
import { TextAnswer } from '../../ui/public/TextAnswer.tsx';

export function ContactAnswer({ draft, problems, onAnswer, isRegistered }: AnswerProps) {
  const words = useText();
  return (
    <div className="flex flex-col gap-5">
      <TextAnswer
        label={words.contact.name}
        autoComplete="name"
        value={draft.name}
        problem={problems.name === undefined ? null : words.problems[problems.name]}
        onType={(name) => onAnswer({ name })}
      />
      {isRegistered ? null : (
        <TextAnswer
          label={words.contact.email}
          help={words.contact.emailHelp}
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          value={draft.email}
          problem={problems.email === undefined ? null : words.problems[problems.email]}
          onType={(email) => onAnswer({ email })}
        />
      )}
      <TextAnswer
        label={words.contact.phone}
        type="tel"
        autoComplete="tel"
        value={draft.phone}
        problem={problems.phone === undefined ? null : words.problems[problems.phone]}
        onType={(phone) => onAnswer({ phone })}
      />
    </div>
  );
}
