import { type SharingRule, weekdays } from '@commonsight/types/relay/sharing';
import { BigButton } from '../ui/public/BigButton.tsx';
import { DatesEditor } from './DatesEditor.tsx';
import { inputLook } from './inputLook.ts';
import { ModeSelect } from './ModeSelect.tsx';

type Period = SharingRule['schedule'][number];

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const newPeriod: Period = { days: [...weekdays], from: '22:00', to: '06:00', mode: 'always' };

/** The times of the week and the single days at which another mode holds, in the site's time zone. */
export function RuleEditor({
  name,
  rule,
  timeZone,
  nowMs,
  onChange,
}: {
  name: string;
  rule: SharingRule;
  timeZone: string;
  nowMs: number;
  onChange: (rule: SharingRule) => void;
}) {
  const set = (schedule: Period[]): void => onChange({ ...rule, schedule });
  const change = (at: number, part: Partial<Period>): void =>
    set(rule.schedule.map((period, index) => (index === at ? { ...period, ...part } : period)));
  return (
    <div className="mt-2 rounded-md bg-surface-2 p-3 text-base">
      <p className="m-0 text-muted">
        Times in {timeZone}. A single day goes before the times of the week, and of these the first that fits holds; at
        all others the mode above does. A time may pass midnight.
      </p>
      {rule.schedule.map((period, at) => (
        // Periods have no name of their own; their place is what they are.
        <fieldset key={at} className="m-0 mt-2 border-0 border-t border-line p-0 pt-2">
          <legend className="sr-only">
            Time {at + 1} of {name}
          </legend>
          <div className="flex flex-wrap gap-x-3">
            {weekdays.map((day, index) => (
              <label key={day} className="flex min-h-11 items-center gap-1.5">
                <input
                  type="checkbox"
                  className="size-5"
                  checked={period.days.includes(day)}
                  onChange={({ target }) => {
                    const chosen = weekdays.filter((one) => (one === day ? target.checked : period.days.includes(one)));
                    change(at, { days: chosen });
                  }}
                />
                {dayNames[index]}
              </label>
            ))}
          </div>
          {period.days.length === 0 ? <p className="m-0 text-stale">Choose at least one day.</p> : null}
          <div className="mt-1 flex flex-wrap items-center gap-2">
            <label className="flex items-center gap-2">
              From
              <input
                type="time"
                required
                value={period.from}
                onChange={({ target }) => target.value !== '' && change(at, { from: target.value })}
                className={inputLook}
              />
            </label>
            <label className="flex items-center gap-2">
              to
              <input
                type="time"
                required
                value={period.to === '24:00' ? '00:00' : period.to}
                onChange={({ target }) =>
                  target.value !== '' && change(at, { to: target.value === '00:00' ? '24:00' : target.value })
                }
                className={inputLook}
              />
            </label>
            <ModeSelect
              label={`Mode of time ${at + 1}`}
              value={period.mode}
              onChange={(mode) => change(at, { mode })}
            />
            <BigButton look="quiet" onClick={() => set(rule.schedule.filter((_, index) => index !== at))}>
              Remove
            </BigButton>
          </div>
          {period.from === period.to ? (
            <p className="m-0 text-stale">A time ends at another one than it begins.</p>
          ) : null}
        </fieldset>
      ))}
      <BigButton
        className="mt-3"
        disabled={rule.schedule.length >= 50}
        onClick={() => set([...rule.schedule, newPeriod])}
      >
        Add a time
      </BigButton>
      <DatesEditor
        name={name}
        days={rule.dates}
        timeZone={timeZone}
        nowMs={nowMs}
        onChange={(dates) => onChange({ ...rule, dates })}
      />
    </div>
  );
}
