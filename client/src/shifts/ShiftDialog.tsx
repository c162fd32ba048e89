import { routes } from '@commonsight/types/http/routes';
import type { Shift } from '@commonsight/types/review';
import { useId, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { FormError } from '../session/FormError.tsx';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { tell } from '../ui/toast.tsx';
import { useSend } from '../ui/useSend.ts';
import type { UserShift } from './shiftRows.ts';
import {
  dayNames,
  endsNextDay,
  fullDayNames,
  lengthWords,
  minuteOfTime,
  shiftWords,
  timeOfMinute,
} from './shiftWords.ts';
import { WeekStrip } from './WeekStrip.tsx';

export interface ShiftDialogProps {
  userShift: UserShift;
  onChanged: () => void;
  onClose: () => void;
}

const ownTimeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const timeZones = Intl.supportedValuesOf('timeZone');
const usual = { days: [1, 2, 3, 4, 5], startMinute: 8 * 60, endMinute: 16 * 60 };

/** Sets somebody's working hours, or takes them away. */
export function ShiftDialog({ userShift: { user, shift }, onChanged, onClose }: ShiftDialogProps) {
  const listId = useId();
  const start = useRef<HTMLInputElement>(null);
  const before = shift ?? { ...usual, timeZone: ownTimeZone };
  const [days, setDays] = useState<readonly number[]>(before.days);
  const [startTime, setStartTime] = useState(timeOfMinute(before.startMinute));
  const [endTime, setEndTime] = useState(timeOfMinute(before.endMinute));
  const [timeZone, setTimeZone] = useState(before.timeZone);
  const { isBusy, error, send } = useSend();
  const wanted = toShift({ days, startTime, endTime, timeZone });

  function change(to: Shift | null): void {
    void send(
      () => call(routes.changeShift, { params: { id: user.id }, body: { shift: to } }),
      () => {
        tell(to === null ? `${user.name} has no working hours now.` : `${user.name} works ${shiftWords(to)}.`);
        onChanged();
      },
    );
  }

  return (
    <FormDialog
      size="md"
      title={`Working hours of ${user.name}`}
      description="They hold from now on. Every change stands in the audit log."
      submitLabel="Save"
      initialFocus={start}
      isReady={!isBusy && wanted !== null}
      onSubmit={() => (wanted === null ? undefined : change(wanted))}
      onClose={onClose}
    >
      <fieldset className="m-0 border-0 p-0">
        <legend className="mb-1 p-0 text-xs font-medium text-muted">Days on which the work begins</legend>
        <div className="grid grid-cols-7 gap-1">
          {dayNames.map((name, i) => {
            const isOn = days.includes(i + 1);
            return (
              <label
                key={name}
                className={classes(
                  'flex h-9 cursor-pointer items-center justify-center rounded-md text-center inset-ring has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
                  isOn
                    ? 'bg-accent-soft font-semibold text-accent inset-ring-accent'
                    : 'bg-surface-0 text-muted inset-ring-line-strong',
                )}
              >
                <input
                  type="checkbox"
                  aria-label={fullDayNames[i]}
                  checked={isOn}
                  onChange={() => setDays(isOn ? days.filter((day) => day !== i + 1) : [...days, i + 1])}
                  className="sr-only"
                />
                {name}
              </label>
            );
          })}
        </div>
      </fieldset>
      <div className="grid grid-cols-2 gap-3">
        <Field
          ref={start}
          label="From"
          type="time"
          required
          value={startTime}
          onChange={({ target }) => setStartTime(target.value)}
        />
        <Field
          label="To"
          type="time"
          required
          value={endTime}
          onChange={({ target }) => setEndTime(target.value)}
          description={wanted === null ? undefined : endsNextDay(wanted) ? 'On the next day.' : 'On the same day.'}
        />
      </div>
      <Field
        label="Time zone"
        list={listId}
        required
        value={timeZone}
        onChange={({ target }) => setTimeZone(target.value)}
        description="Where the person works, such as America/Chicago."
        error={timeZones.includes(timeZone) || timeZone === before.timeZone ? null : 'Choose a time zone of the list.'}
      />
      <datalist id={listId}>
        {timeZones.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </datalist>
      {wanted === null ? (
        <p className="m-0 text-muted">Choose at least one day, a start, an end and a time zone.</p>
      ) : (
        <div className="flex flex-col gap-1.5 rounded-md bg-surface-0 px-3 py-2.5">
          <output>
            {shiftWords(wanted)}, {lengthWords(wanted)}
          </output>
          <WeekStrip shift={wanted} />
        </div>
      )}
      <FormError>{error}</FormError>
      {shift === null ? null : (
        <div>
          <Button look="quiet" size="sm" disabled={isBusy} onClick={() => change(null)} className="-ml-2">
            Take the hours away
          </Button>
        </div>
      )}
    </FormDialog>
  );
}

interface Entered {
  days: readonly number[];
  startTime: string;
  endTime: string;
  timeZone: string;
}

/** What was entered as a shift; null while something of it is missing. */
function toShift({ days, startTime, endTime, timeZone }: Entered): Shift | null {
  const [startMinute, endMinute] = [minuteOfTime(startTime), minuteOfTime(endTime)];
  if (days.length === 0 || startMinute === null || endMinute === null || timeZone === '') return null;
  return { days: [...days].sort((a, b) => a - b), startMinute, endMinute, timeZone };
}
