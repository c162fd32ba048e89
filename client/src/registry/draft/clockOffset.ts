const daySeconds = 86_400;

/**
 * How far a camera's clock is ahead of the true time, in seconds, negative when behind. A clock face has no date: the
 * nearest meaning is taken, so that 23:59 just after midnight is a minute behind and not a day ahead. A time without
 * seconds is compared with the true minute: within it the clock counts as right.
 *
 * @param shown `14:05` or `14:05:30`, 24 hours, as a browser's time field gives it; null is answered for anything else
 * @param trueTime the true time of the same moment, in the zone of the camera
 */
export function clockOffsetSeconds(shown: string, trueTime: Date): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(shown);
  if (match === null) return null;
  const hasSeconds = match[3] !== undefined;
  const shownSeconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  const trueSeconds =
    trueTime.getHours() * 3600 + trueTime.getMinutes() * 60 + (hasSeconds ? trueTime.getSeconds() : 0);
  return nearest(shownSeconds - trueSeconds);
}

function nearest(difference: number): number {
  const half = daySeconds / 2;
  return ((((difference + half) % daySeconds) + daySeconds) % daySeconds) - half;
}

export interface OffsetParts {
  hours: number;
  minutes: number;
  seconds: number;
  isAhead: boolean;
}

/** An offset as people say it; null for none. */
export function offsetParts(offsetSeconds: number): OffsetParts | null {
  if (offsetSeconds === 0) return null;
  const size = Math.abs(offsetSeconds);
  return {
    hours: Math.floor(size / 3600),
    minutes: Math.floor((size % 3600) / 60),
    seconds: size % 60,
    isAhead: offsetSeconds > 0,
  };
}
