import type { Shift } from '@commonsight/types/review';
import { dayNames, weekStretches } from './shiftWords.ts';

const minutesPerDay = 24 * 60;
const height = 240;

/** The hours of a week as bars. The words stand beside it, so it says nothing to those who do not see it. */
export function WeekStrip({ shift }: { shift: Shift }) {
  return (
    <div aria-hidden className="w-full max-w-112 min-w-40">
      <svg viewBox={`0 0 ${7 * minutesPerDay} ${height}`} preserveAspectRatio="none" className="block h-4 w-full">
        <rect width={7 * minutesPerDay} height={height} className="fill-surface-3" />
        {weekStretches(shift).map(({ from, to }) => (
          <rect key={from} x={from} width={to - from} height={height} className="fill-accent" />
        ))}
        {dayNames.slice(1).map((name, i) => (
          <rect key={name} x={(i + 1) * minutesPerDay - 10} width={20} height={height} className="fill-surface-0" />
        ))}
      </svg>
      <div className="grid grid-cols-7 text-2xs text-muted">
        {dayNames.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
    </div>
  );
}
