import { mostSharingDates, type SharingRule } from '@commonsight/types/relay/sharing';
import { BigButton } from '../ui/public/BigButton.tsx';
import { dayAt, nextFreeDay } from './days.ts';
import { inputLook } from './inputLook.ts';
import { ModeSelect } from './ModeSelect.tsx';

type Day = SharingRule['dates'][number];

/** Single days with a mode of their own, such as a holiday; they go before the times of the week. */
export function DatesEditor({
  name,
  days,
  timeZone,
  nowMs,
  onChange,
}: {
  name: string;
  days: readonly Day[];
  timeZone: string;
  nowMs: number;
  onChange: (days: Day[]) => void;
}) {
  const today = dayAt(timeZone, nowMs);
  const change = (at: number, part: Partial<Day>): void =>
    onChange(days.map((day, index) => (index === at ? { ...day, ...part } : day)));
  const add = (): void => {
    const taken = days.map(({ date }) => date);
    onChange([...days, { date: nextFreeDay(taken, timeZone, nowMs), mode: 'off' }]);
  };
  return (
    <>
      {days.map(({ date, mode }, at) => (
        // Two may be the same while one of them is changed; their place is what they are.
        <fieldset key={at} className="m-0 mt-2 border-0 border-t border-line p-0 pt-2">
          <legend className="sr-only">
            Day {at + 1} of {name}
          </legend>
          <div className="flex flex-wrap items-center gap-2">
            <label className="flex items-center gap-2">
              On
              <input
                type="date"
                required
                value={date}
                onChange={({ target }) => target.value !== '' && change(at, { date: target.value })}
                className={inputLook}
              />
            </label>
            <ModeSelect label={`Mode of day ${at + 1}`} value={mode} onChange={(next) => change(at, { mode: next })} />
            <BigButton look="quiet" onClick={() => onChange(days.filter((_, index) => index !== at))}>
              Remove
            </BigButton>
          </div>
          {date < today ? <p className="m-0 text-muted">This day is over.</p> : null}
          {days.findIndex((day) => day.date === date) < at ? (
            <p className="m-0 text-stale">This day stands here twice: the first one holds.</p>
          ) : null}
        </fieldset>
      ))}
      <BigButton className="mt-3" disabled={days.length >= mostSharingDates} onClick={add}>
        Add a day
      </BigButton>
    </>
  );
}
