import type { FootageRecipient, FootageRequest } from '@commonsight/types/footage';
import { UserPlus } from 'lucide-react';
import { formatCount, formatExactTime } from '../../incident/format.ts';
import { useServerNowMs } from '../../incident/ticking.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Section } from '../../ui/Section.tsx';
import { FileLine } from './FileLine.tsx';
import { isWaiting, numberOf } from './filterRequests.ts';
import { cameraWords, stateWords } from './footageWords.ts';

const tones = { calm: 'text-muted', good: 'text-live', soon: 'text-warn', off: 'text-subtle' } as const;
const symbols = { calm: '○', good: '●', soon: '◐', off: '–' } as const;

/** One request: what was asked, and how it stands with each contact. */
export function RequestCard({ request, onAdd }: { request: FootageRequest; onAdd: () => void }) {
  const { recipients, window, people, createdBy } = request;
  const text = <span className="whitespace-pre-wrap">{request.text}</span>;
  const received = recipients.filter(({ state }) => state === 'received').length;
  return (
    <Section
      title={`${numberOf(request)} · ${request.place}`}
      description={`${formatCount(recipients.length, 'contact')} asked, ${String(received)} of them sent files`}
      action={
        <Button size="sm" onClick={onAdd}>
          <UserPlus className="size-4" aria-hidden />
          Add a colleague
        </Button>
      }
    >
      <div className="mt-3 flex flex-col gap-3">
        <Facts
          facts={[
            ['Wanted', `${formatExactTime(window.from)} to ${formatExactTime(window.to)}`],
            ['Answer until', formatExactTime(request.deadline)],
            ['Asked', `${formatExactTime(request.createdAt)} by ${createdBy.name}`],
            ['Read by', [createdBy, ...people].map(({ name }) => name).join(', ')],
            ['Text', text],
          ]}
        />
        <ul className="m-0 list-none border-t border-line p-0">
          {recipients.map((recipient) => (
            <RecipientLine key={recipient.id} recipient={recipient} request={request} />
          ))}
        </ul>
      </div>
    </Section>
  );
}

function RecipientLine({ recipient, request }: { recipient: FootageRecipient; request: FootageRequest }) {
  const { words, tone } = stateWords(recipient);
  const nowMs = useServerNowMs();
  const { overwrittenAt, remindedAt, files, cameras } = recipient;
  return (
    <li className="flex flex-col gap-1 border-b border-line py-2.5 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className={classes('font-medium', tones[tone])}>
          <span aria-hidden>{symbols[tone]} </span>
          <span>{words}</span>
        </span>
        <span className="min-w-0 grow wrap-anywhere">
          {cameras.map((camera) => cameraWords(camera, request.shape)).join(' · ')}
        </span>
      </div>
      {isWaiting(recipient.state) && overwrittenAt !== null && Date.parse(overwrittenAt) > nowMs ? (
        <span className="figures text-xs text-muted">
          Kept until {formatExactTime(overwrittenAt)}
          {remindedAt === null ? '' : `; reminded ${formatExactTime(remindedAt)}`}
        </span>
      ) : null}
      {files.map((file) => (
        <FileLine key={file.id} file={file} />
      ))}
    </li>
  );
}
