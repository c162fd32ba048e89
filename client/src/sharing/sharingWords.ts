import { judgeSharing, type RunningAlert } from '@commonsight/types/relay/judgeSharing';
import type { SharingDocument, SharingMode } from '@commonsight/types/relay/sharing';

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
  const { mode, until, mayBeSeen } = judgeSharing(document, cameraId, nowMs, alert);
  const now = mode === 'onAlert' && mayBeSeen ? 'Police can see this live, because your alert runs.' : nowWords[mode];
  if (until === null) return now;
  const moment = new Intl.DateTimeFormat('en-US', {
    timeZone: document.timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(until));
  return `${now} ${mayBeSeen ? 'Until' : 'They can from'} ${moment}.`;
}
