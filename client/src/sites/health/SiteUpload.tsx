import { routes } from '@commonsight/types/http/routes';
import type { RelayCamera } from '@commonsight/types/relay/relay-health';
import type { UploadState } from '@commonsight/types/relay/upload';
import { uplinkKilobitsSchema } from '@commonsight/types/site-camera';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { formatExactTime } from '../../incident/format.ts';
import { FormError } from '../../session/FormError.tsx';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Field } from '../../ui/Field.tsx';
import { megabits, parseMegabits, wrongMegabits } from '../../ui/megabits.ts';
import { Section } from '../../ui/Section.tsx';
import { StatusSymbol } from '../../ui/StatusSymbol.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSend } from '../../ui/useSend.ts';
import { bandwidthOf } from './bandwidth.ts';

interface SiteUploadProps {
  siteId: string;
  /** Null while the relay does not tell. */
  cameras: readonly RelayCamera[] | null;
  planKilobits: number | null;
  /** What its owner allows; null while the relay does not tell. */
  upload: UploadState | null;
  onChanged: () => void;
}

const levels = { good: 'live', warn: 'warn', over: 'stale', noPlan: 'waiting', unknown: 'waiting' } as const;

/** What the site's line carries upwards, against what its cameras send and would send. */
export function SiteUpload({ siteId, cameras, planKilobits, upload, onChanged }: SiteUploadProps) {
  const [text, setText] = useState(planKilobits === null ? '' : String(planKilobits / 1_000));
  const { isBusy, error, send } = useSend();
  const typed = parseMegabits(text);
  const isRight = typed === null || uplinkKilobitsSchema.safeParse(typed).success;
  const save = (): void => {
    if (typed === undefined) return;
    void send(
      () => call(routes.changeSite, { params: { id: siteId }, body: { uplinkKilobitsPerSecond: typed } }),
      () => {
        tell('The line of the site is noted.');
        onChanged();
      },
    );
  };
  return (
    <Section title="Line upwards">
      {cameras === null ? (
        <p className="m-0 mt-1 text-muted">What the cameras send is not known: their relay does not tell now.</p>
      ) : (
        <UploadFacts cameras={cameras} planKilobits={planKilobits} upload={upload} />
      )}
      <form
        noValidate
        className="mt-4 flex flex-wrap items-end gap-3"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (isRight && !isBusy) save();
        }}
      >
        <Field
          label="The line carries upwards, in Mbit/s"
          inputMode="decimal"
          value={text}
          error={isRight ? null : wrongMegabits}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button type="submit" disabled={isBusy || !isRight || typed === planKilobits}>
          Save
        </Button>
      </form>
      <FormError>{error}</FormError>
    </Section>
  );
}

interface UploadFactsProps extends Pick<SiteUploadProps, 'planKilobits' | 'upload'> {
  cameras: readonly RelayCamera[];
}

function UploadFacts({ cameras, planKilobits, upload }: UploadFactsProps) {
  const { now, everything, untested, level, whatToDo } = bandwidthOf(cameras, planKilobits);
  return (
    <>
      <p className="m-0 mt-1 flex items-start gap-1.5">
        <StatusSymbol kind={levels[level]} className="mt-1" />
        {whatToDo}
      </p>
      <div className="mt-3">
        <Facts
          facts={[
            ['Sent now', megabits(now)],
            ['If all are watched at once', megabits(everything)],
            ['The line carries', planKilobits === null ? 'Not known' : megabits(planKilobits)],
            ...limitFacts(upload),
            ...(untested === 0 ? [] : ([['Cameras without a measured rate', String(untested)]] as const)),
          ]}
        />
      </div>
      <ul aria-label="What did not fit into the owner’s limit" className="m-0 mt-3 list-none p-0 empty:hidden">
        {upload?.refused.map(({ at, cameraId, kind, message }) => (
          <li key={`${at} ${cameraId} ${kind}`} className="py-1 text-muted">
            {formatExactTime(at)}: {message}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The owner's limit with what is planned against it, where there is one. */
function limitFacts(upload: UploadState | null): [string, string][] {
  if (upload === null || upload.limitKilobitsPerSecond === null) return [];
  return [
    ['The owner lets leave', megabits(upload.limitKilobitsPerSecond)],
    ['Of that taken', megabits(upload.plannedKilobitsPerSecond)],
  ];
}
