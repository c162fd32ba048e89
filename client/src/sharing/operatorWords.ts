import type { SharingMode } from '@commonsight/types/relay/sharing';

/** A camera's sharing mode as operators read it. */
export const modeWords: Readonly<Record<SharingMode, string>> = {
  always: 'Live',
  onAlert: 'On alert only',
  recordedOnly: 'Recordings on request',
  off: 'Owner off',
};

/** The same in a row that has little room; nothing for what is as usual. */
export const modeChips: Readonly<Record<SharingMode, string | null>> = {
  always: null,
  onAlert: 'on alert',
  recordedOnly: 'recordings',
  off: 'owner off',
};

export const modeSentences: Readonly<Record<SharingMode, string>> = {
  always: 'The owner shares this camera live.',
  onAlert: 'The owner shares this camera during an alert only.',
  recordedOnly: 'The owner shares no live picture. Recordings can be asked for.',
  off: 'The owner does not share this camera now.',
};
