import { useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { useText } from '../../language/LanguageContext.ts';
import { TextAnswer } from '../../ui/public/TextAnswer.tsx';
import { pauseUntil } from './pauseUntil.ts';

export function PauseForm({ onPause }: { onPause: (until: string) => Promise<void> }) {
  const { manage, problems } = useText();
  const [day, setDay] = useState('');
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      noValidate
      className="flex flex-col items-start gap-3"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        const until = pauseUntil(day, new Date());
        setWrong(until === null);
        if (until !== null) void onPause(until);
      }}
    >
      <TextAnswer
        type="date"
        label={manage.pauseTitle}
        help={manage.pauseHelp}
        value={day}
        problem={isWrong ? problems.until : null}
        onType={setDay}
      />
      <BigButton type="submit" look="primary">
        {manage.pause}
      </BigButton>
    </form>
  );
}
