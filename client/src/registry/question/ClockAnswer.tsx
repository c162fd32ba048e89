import { useEffect, useId, useState } from 'react';
import { clockOffsetSeconds } from '../draft/clockOffset.ts';
import { useText } from '../../language/LanguageContext.ts';
import { useClockWords } from './factWords.ts';
import { readServerOffsetMs } from './serverTime.ts';
import { TextAnswer } from '../../ui/public/TextAnswer.tsx';

export interface ClockAnswerProps {
  offsetSeconds: number | null;
  problem: string | null;
  onAnswer: (offsetSeconds: number | null) => void;
}

/** The time that the camera shows, held against the server's clock at the moment of typing. */
export function ClockAnswer({ offsetSeconds, problem, onAnswer }: ClockAnswerProps) {
  const { clock } = useText();
  const clockWords = useClockWords();
  const problemId = useId();
  const [shown, setShown] = useState('');
  const [serverOffsetMs, setServerOffsetMs] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    void readServerOffsetMs(abort.signal).then((offset) => (offset === null ? undefined : setServerOffsetMs(offset)));
    return () => abort.abort();
  }, []);
  return (
    <div className="flex flex-col gap-5">
      <TextAnswer
        type="time"
        step={1}
        label={clock.shown}
        value={shown}
        problem={problem}
        problemId={problemId}
        onType={(text) => {
          setShown(text);
          onAnswer(clockOffsetSeconds(text, new Date(Date.now() + serverOffsetMs)));
        }}
      />
      <label className="flex min-h-14 cursor-pointer items-center gap-3 rounded-lg bg-surface-1 px-4 inset-ring inset-ring-line-strong has-checked:bg-accent-soft has-checked:inset-ring-2 has-checked:inset-ring-accent">
        <input
          type="checkbox"
          checked={offsetSeconds === 0}
          aria-describedby={problemId}
          onChange={({ currentTarget }) => {
            setShown('');
            onAnswer(currentTarget.checked ? 0 : null);
          }}
          className="m-0 size-5 shrink-0 accent-accent"
        />
        {clock.isRight}
      </label>
      <output className="block m-0 font-medium empty:hidden">
        {offsetSeconds === null ? '' : clockWords(offsetSeconds)}
      </output>
    </div>
  );
}
