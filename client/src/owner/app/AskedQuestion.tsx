import type { OwnerAlert } from '@commonsight/types/alert';
import type { OwnerQuestion } from '@commonsight/types/push';
import type { OwnerRelay } from '@commonsight/types/owner';
import { useEffect, useRef, useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { orderAlert } from '../orderAlert.ts';
import type { OwnerKey } from '../ownerKey.ts';
import { goToPart, type PartId, partIds } from './pageParts.ts';

interface AskedQuestionProps {
  question: OwnerQuestion;
  secret: string;
  relay: OwnerRelay;
  ownerKey: OwnerKey | null;
  onChanged: (alert: OwnerAlert) => void;
  /** It was answered, or led to its place. */
  onClosed: () => void;
}

/** What the page was opened for: one question with its answers, or the part of the page that has them. */
export function AskedQuestion({ question, secret, relay, ownerKey, onChanged, onClosed }: AskedQuestionProps) {
  const isRunning = relay.alert !== null && relay.alert.endedAt === null;
  const isExtension = question === 'extend' && isRunning && relay.alert?.mayExtend === true;
  if (ownerKey !== null && (isExtension || (question === 'end' && isRunning))) {
    const act = isExtension ? 'extend' : 'end';
    const shared = { secret, ownerKey, onChanged, onClosed };
    return <Question key={act} act={act} {...shared} />;
  }
  return <Led to={partOf(question)} onThere={onClosed} />;
}

function partOf(question: OwnerQuestion): PartId {
  switch (question) {
    case 'footage':
      return partIds.inbox;
    case 'cameras':
      return partIds.health;
    case 'start':
    case 'alert':
    case 'extend':
    case 'end':
    case 'receipt':
      return partIds.alert;
    default:
      return question satisfies never;
  }
}

function Led({ to, onThere }: { to: PartId; onThere: () => void }) {
  useEffect(() => {
    goToPart(to);
    onThere();
  }, [to, onThere]);
  return null;
}

const words = {
  extend: { title: 'Does the alert go on?', yes: 'Let it go on', no: 'No, it ends at its time' },
  end: { title: 'End the alert now?', yes: 'End now', no: 'No, it goes on' },
} as const;

interface QuestionProps extends Pick<AskedQuestionProps, 'secret' | 'onChanged' | 'onClosed'> {
  act: keyof typeof words;
  ownerKey: OwnerKey;
}

/** Nothing happens by the opening alone: a press in a pocket must not end an alert. */
function Question({ act, secret, ownerKey, onChanged, onClosed }: QuestionProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { title, yes, no } = words[act];
  useEffect(() => heading.current?.focus(), []);

  async function order(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const ordered = await orderAlert(secret, ownerKey, act);
    setBusy(false);
    if (ordered.state === 'failed') {
      setProblem(ordered.problem);
      return;
    }
    if (ordered.alert !== null) onChanged(ordered.alert);
    onClosed();
  }

  return (
    <section aria-labelledby="asked" className="mt-4 rounded-xl border-2 border-stale bg-surface-1 p-4 text-base">
      <h2 id="asked" ref={heading} tabIndex={-1} className="m-0 text-lg font-semibold">
        {title}
      </h2>
      <div className="mt-3 flex flex-wrap gap-3">
        <BigButton look={act === 'end' ? 'danger' : 'primary'} disabled={isBusy} onClick={() => void order()}>
          {isBusy ? 'Sending to your relay…' : yes}
        </BigButton>
        <BigButton onClick={onClosed}>{no}</BigButton>
      </div>
      {problem === null ? null : (
        <p role="alert" className="m-0 mt-2 text-stale">
          {problem}
        </p>
      )}
    </section>
  );
}
