import type { Coverage } from '@commonsight/types/registration';
import type { FoundSource, Overwriting, Search, SearchWindow } from '@commonsight/types/search';
import { formatDistance } from '../incident/format.ts';
import { modeWords } from '../sharing/operatorWords.ts';

export type LiveSource = Extract<FoundSource, { kind: 'live' }>;
type Registered = Extract<FoundSource, { kind: 'registered' }>;

const coverageNames: Readonly<Record<Coverage, string>> = {
  street: 'street',
  sidewalk: 'sidewalk',
  parking: 'parking',
  alley: 'alley',
  entrance: 'entrance',
};

/** What a source is called in a list; a registered camera has no name that somebody gave it. */
export function sourceTitle(source: FoundSource): string {
  if (source.kind === 'live') return source.name;
  return source.of === 'home' ? 'Home camera' : 'Business camera';
}

/** Under the title: where a live camera belongs, what a registered one covers and when it records. */
export function sourceSubtitle(source: FoundSource): string {
  if (source.kind === 'live') return source.siteName;
  const covers = source.covers.map((cover) => coverageNames[cover]).join(', ');
  return `${covers} · records ${source.recording === 'always' ? 'always' : 'on motion'}`;
}

/** Whether a source is a camera that can be seen live without more than a grant. */
export function isLiveNow(source: FoundSource): boolean {
  return source.kind === 'live' && source.sharingMode === 'always';
}

/** What the owner of a live camera shares of it now, with its number. */
export function liveWords({ sharingMode, number }: LiveSource): string {
  return `${modeWords[sharingMode]}${number === 0 ? '' : `, camera ${String(number)}`}`;
}

/** Whether some may be listed that do not see the place: about a point alone. All that is found about a circle, an area or a route sees into it. */
export function isMixed({ shape }: Pick<Search, 'shape'>): boolean {
  return shape.kind === 'point';
}

/** A source as it is read out: its place in the list, what it is, whether it sees the place, how far it is. */
export function sourceLabel(source: FoundSource, rank: number): string {
  const sees = source.sees ? 'sees the place' : 'does not see the place';
  const mode = source.kind === 'live' && !isLiveNow(source) ? `, ${modeWords[source.sharingMode].toLowerCase()}` : '';
  return `${String(rank)}. ${sourceTitle(source)}, ${sees}, ${formatDistance(source.distanceMetres)}${mode}`;
}

/** How long the recording of the window is there, and how pressing that is. */
export function overwritingWords(overwriting: Overwriting | null): { tone: 'calm' | 'soon' | 'gone'; words: string } {
  if (overwriting === null) return { tone: 'calm', words: 'For how long it is kept is not known' };
  if (overwriting.state === 'overwritten') return { tone: 'gone', words: 'Overwritten' };
  const { hoursLeft } = overwriting;
  const left =
    hoursLeft === 0 ? 'within the hour' : hoursLeft < 48 ? `in ${String(hoursLeft)} h` : daysWords(hoursLeft);
  if (overwriting.state === 'partly') return { tone: 'soon', words: `Being overwritten, all gone ${left}` };
  return { tone: hoursLeft < 24 ? 'soon' : 'calm', words: `Overwritten ${left}` };
}

function daysWords(hours: number): string {
  return `in ${String(Math.floor(hours / 24))} days`;
}

/** What the recorder's own clock showed meanwhile, when it is wrong; null when it is right. */
export function clockWords({ clockOffsetSeconds }: Registered, { from, to }: SearchWindow): string | null {
  if (clockOffsetSeconds === 0) return null;
  const offsetMs = clockOffsetSeconds * 1_000;
  const days = [from, to].flatMap((moment) => [0, offsetMs].map((ms) => day.format(Date.parse(moment) + ms)));
  const format = new Set(days).size === 1 ? timeOfDay : dayAndTime;
  const shown = (moment: string): string => format.format(Date.parse(moment) + offsetMs);
  return `Its clock is ${offsetWords(clockOffsetSeconds)}: look from ${shown(from)} to ${shown(to)} on the recorder.`;
}

function offsetWords(seconds: number): string {
  const size = Math.abs(seconds);
  const minutes = Math.round(size / 60);
  const hours = `${String(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')}`;
  const amount = size < 120 ? `${String(size)} s` : minutes < 120 ? `${String(minutes)} min` : hours;
  return `${amount} ${seconds > 0 ? 'ahead' : 'behind'}`;
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
