import type { LedgerLine } from '@commonsight/types/ledger';
import type { SharingMode } from '@commonsight/types/relay/sharing';
import { purposeNames } from '../ui/words.ts';

/** What police may see of a camera, as a sentence. */
export const sharingSentences: Readonly<Record<SharingMode, string>> = {
  always: 'Police can see this live for an open incident.',
  onAlert: 'Police can see this only after your alert.',
  recordedOnly: 'Police can ask for recordings of this.',
  off: 'Police cannot see this at all.',
};

/** The first thing that an owner reads. */
export function watchingWords(watching: number): string {
  if (watching === 0) return 'Nobody is watching.';
  return watching === 1 ? 'One view is open now.' : `${watching} views are open now.`;
}

/** Always said, also when there is nothing to say. */
export function withheldWords(withheld: number): string {
  if (withheld === 0) return 'No incident number is withheld.';
  return `${withheld} ${withheld === 1 ? 'line has its' : 'lines have their'} incident number withheld.`;
}

/** How long it was, or has been so far. */
export function lengthWords({ startedAt, endedAt }: LedgerLine, nowMs: number): string {
  const endMs = endedAt === null ? nowMs : Date.parse(endedAt);
  const seconds = Math.max(0, Math.round((endMs - Date.parse(startedAt)) / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}

/** What for, and whether somebody broke the glass for it. */
export function purposeWords({ purpose, isBreakGlass }: LedgerLine): string {
  return isBreakGlass ? `${purposeNames[purpose]}, emergency access without approval` : purposeNames[purpose];
}

export function incidentWords({ incident }: LedgerLine): string {
  return incident.state === 'shown'
    ? `#${incident.number}`
    : `withheld until ${new Date(incident.until).toLocaleDateString('en-US', { dateStyle: 'medium' })}`;
}

/** The line's day, as a heading. */
export function dayWords(line: LedgerLine): string {
  return new Date(line.startedAt).toLocaleDateString('en-US', { dateStyle: 'full' });
}

export function timeWords({ startedAt }: LedgerLine): string {
  return new Date(startedAt).toLocaleTimeString('en-US', { timeStyle: 'medium', hour12: false });
}
