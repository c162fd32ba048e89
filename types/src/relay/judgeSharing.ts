import { mostSharingDates, type SharingDocument, type SharingMode, type SharingRule, weekdays } from './sharing.ts';

/** Whether a camera may be seen live, until when that holds, and how it reads. */
export interface SharingJudgement {
  readonly mayBeSeen: boolean;
  readonly mode: SharingMode;
  /** When `mayBeSeen` changes next; null when it does not within eight days. */
  readonly until: string | null;
  readonly sentence: string;
}

type Document = Pick<SharingDocument, 'timeZone' | 'default' | 'cameras'>;

/** The alert during which a camera is judged, by when it will be over; null when none shares anything now. */
export type RunningAlert = { readonly endsAtMs: number } | null;

/** What the clock on the wall shows at the site. */
interface WallTime {
  readonly date: string;
  readonly minutes: number;
}

const minuteMs = 60_000;
const dayMinutes = 1_440;
/** Time zones change their offset at a whole or half hour of UTC, so that within a step the wall clock runs evenly. */
const stepMinutes = 30;
const horizonMs = 8 * dayMinutes * minuteMs;

/** Whether the owner shares a camera at this moment (SHR4), without looking ahead. `isAlert`: an alert shares cameras now. */
export function isShared(document: Document, cameraId: string, atMs: number, isAlert: boolean): boolean {
  return mayBeSeenIn(modeAt(ruleOf(document, cameraId), wallTime(document.timeZone, atMs)), isAlert);
}

/** The one place that says what a mode shares. */
export function mayBeSeenIn(mode: SharingMode, isAlert: boolean): boolean {
  return mode === 'always' || (mode === 'onAlert' && isAlert);
}

/** What holds at this moment for the cameras that the document names, and for all others. */
export function modesAt(document: Document, atMs: number): { modes: Record<string, SharingMode>; others: SharingMode } {
  const wall = wallTime(document.timeZone, atMs);
  const modes = Object.entries(document.cameras).map(([id, rule]) => [id, modeAt(rule, wall)] as const);
  return { modes: Object.fromEntries(modes), others: modeAt(document.default, wall) };
}

/**
 * Whether a camera has the mode `off` at every moment of a time, both ends included: nobody is asked then for what it recorded.
 * Pure.
 */
export function isOffThroughout(document: Document, cameraId: string, fromMs: number, toMs: number): boolean {
  const rule = ruleOf(document, cameraId);
  const modes = [rule, ...rule.schedule, ...rule.dates].map(({ mode }) => mode);
  if (modes.every((mode) => mode === 'off')) return true;
  // The rest of the week comes round within a week; single days, which are so many at most, may stand before it.
  const lastMs = Math.min(toMs, fromMs + (mostSharingDates + 8) * dayMinutes * minuteMs);
  const sharedDates = rule.dates.filter(({ mode }) => mode !== 'off').map(({ date }) => date);
  const { date: firstDate } = wallTime(document.timeZone, fromMs);
  const { date: lastDate } = wallTime(document.timeZone, toMs);
  if (sharedDates.some((date) => date > firstDate && date < lastDate)) return false;
  const isOffAt = (ms: number) => modeAt(rule, wallTime(document.timeZone, ms)) === 'off';
  if (!isOffAt(fromMs) || !isOffAt(toMs)) return false;
  for (const pointMs of turningPoints(rule, document.timeZone, fromMs, lastMs)) {
    if (!isOffAt(pointMs)) return false;
  }
  return true;
}

/** What the owner's document says of a camera at a moment, in milliseconds since 1970. Pure. */
export function judgeSharing(
  document: Document,
  cameraId: string,
  atMs: number,
  alert: RunningAlert,
): SharingJudgement {
  const rule = ruleOf(document, cameraId);
  const mode = modeAt(rule, wallTime(document.timeZone, atMs));
  const mayBeSeen = mayBeSeenIn(mode, alert !== null);
  const untilMs = nextChange({ rule, timeZone: document.timeZone, alert }, atMs, mayBeSeen);
  const until = untilMs === null ? null : new Date(untilMs).toISOString();
  const end = untilMs === null ? '' : ` Until ${wallWords(document.timeZone, untilMs)}.`;
  const words = mode === 'onAlert' && mayBeSeen ? 'The owner shares this camera during an alert.' : sentences[mode];
  return { mayBeSeen, mode, until, sentence: `${words}${end}` };
}

const sentences: Record<SharingMode, string> = {
  always: 'The owner shares this camera now.',
  onAlert: 'The owner shares this camera on alert only.',
  recordedOnly: 'The owner shares recordings of this camera only.',
  off: 'The owner does not share this camera now.',
};

/** The rule that holds for a camera: its own, else the one for all others. */
export function ruleOf(document: Document, cameraId: string): SharingRule {
  return (Object.hasOwn(document.cameras, cameraId) ? document.cameras[cameraId] : undefined) ?? document.default;
}

function modeAt(rule: SharingRule, { date, minutes }: WallTime): SharingMode {
  const single = rule.dates.find((one) => one.date === date);
  if (single !== undefined) return single.mode;
  const today = weekdayOf(date);
  const yesterday = (today + 6) % 7;
  const period = rule.schedule.find(({ days, from, to }) => {
    const [begins, ends] = [minutesOf(from), minutesOf(to)];
    const beginsOn = (day: number) => days.some((name) => weekdays.indexOf(name) === day);
    if (begins < ends) return beginsOn(today) && minutes >= begins && minutes < ends;
    return (beginsOn(today) && minutes >= begins) || (beginsOn(yesterday) && minutes < ends);
  });
  return period?.mode ?? rule.mode;
}

/**
 * Looks at every moment at which something could begin or end: the alert's end, midnight, the periods' times, changes of
 * the offset.
 */
function nextChange(
  { rule, timeZone, alert }: { rule: SharingRule; timeZone: string; alert: RunningAlert },
  atMs: number,
  mayBeSeen: boolean,
): number | null {
  const isSeenAt = (ms: number) =>
    mayBeSeenIn(modeAt(rule, wallTime(timeZone, ms)), alert !== null && ms < alert.endsAtMs);
  const alertEnd =
    alert !== null && alert.endsAtMs > atMs && isSeenAt(alert.endsAtMs) !== mayBeSeen ? alert.endsAtMs : null;
  if (rule.schedule.length === 0 && rule.dates.length === 0) return alertEnd;
  for (const candidateMs of turningPoints(rule, timeZone, atMs, atMs + horizonMs)) {
    if (alertEnd !== null && candidateMs >= alertEnd) return alertEnd;
    if (isSeenAt(candidateMs) !== mayBeSeen) return candidateMs;
  }
  return alertEnd;
}

/** The moments of a time, its begin left out, at which a rule may begin to hold or end, in their order. */
function* turningPoints(rule: SharingRule, timeZone: string, fromMs: number, toMs: number): Generator<number> {
  const bounds = [0, ...rule.schedule.flatMap(({ from, to }) => [minutesOf(from), minutesOf(to) % dayMinutes])];
  const stepMs = stepMinutes * minuteMs;
  for (let startMs = Math.floor(fromMs / stepMs) * stepMs; startMs <= toMs; startMs += stepMs) {
    const { minutes } = wallTime(timeZone, startMs);
    const ahead = bounds.map((bound) => (bound - minutes + dayMinutes) % dayMinutes);
    const waits = [0, ...ahead.filter((wait) => wait < stepMinutes)].toSorted((one, other) => one - other);
    for (const wait of waits) {
      const pointMs = startMs + wait * minuteMs;
      if (pointMs > fromMs && pointMs <= toMs) yield pointMs;
    }
  }
}

/** Formats are costly to make, and a relay knows few time zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function wallTime(timeZone: string, atMs: number): WallTime {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return {
    date: `${parts['year']}-${parts['month']}-${parts['day']}`,
    minutes: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}

function wallWords(timeZone: string, atMs: number): string {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'long',
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  }).format(atMs);
}

/** From 0 for Monday, as in `weekdays`. */
function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
