import type { RunningAlert } from '@commonsight/types/relay/judgeSharing';
import type { SharingDocument, SharingMode } from '@commonsight/types/relay/sharing';
import { judgeWithNextChange } from './judgeWithNextChange.ts';

export const modeNames: Readonly<Record<SharingMode, string>> = {
  always: 'Shared live',
  onAlert: 'Only on alert',
  recordedOnly: 'Recordings only',
  off: 'Off',
};

const nowWords: Readonly<Record<SharingMode, string>> = {
  always: 'Police can see this live for an open incident.',
  onAlert: 'Police can see this only after your alert.',
  recordedOnly: 'Police cannot see this live; they can ask for recordings.',
  off: 'Police cannot see this at all.',
};

/** What police can see of a camera now, when that changes, and that parts of the picture are hidden. */
export function policeSentence(
  document: SharingDocument,
  cameraId: string,
  nowMs: number,
  alert: RunningAlert = null,
): string {
  return [modeSentence(document, cameraId, nowMs, alert), maskSentence(document, cameraId)].join(' ').trimEnd();
}

function maskSentence({ masks }: SharingDocument, cameraId: string): string {
  const count = masks?.[cameraId]?.polygons.length ?? 0;
  if (count === 0) return '';
  return count === 1 ? 'One part of the picture is always hidden.' : `${count} parts of the picture are always hidden.`;
}

function modeSentence(document: SharingDocument, cameraId: string, nowMs: number, alert: RunningAlert): string {
  const { mode, until, mayBeSeen } = judgeWithNextChange(document, cameraId, nowMs, alert);
  const now = mode === 'onAlert' && mayBeSeen ? 'Police can see this live, because your alert runs.' : nowWords[mode];
  if (until === null) return now;
  return `${now} ${mayBeSeen ? 'Until' : 'They can from'} ${momentWords(Date.parse(until), nowMs, document.timeZone)}.`;
}

/** Nearer than this a weekday says which day is meant. */
const weekdayMs = 6 * 24 * 60 * 60_000;

function momentWords(ms: number, nowMs: number, timeZone: string): string {
  const isNear = ms - nowMs < weekdayMs;
  const day = new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'long' });
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'long',
    ...(isNear ? {} : { day: 'numeric', month: 'long' }),
    // Of another year only where it is not this one.
    ...(isNear || day.format(ms).slice(-4) === day.format(nowMs).slice(-4) ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(ms);
}
