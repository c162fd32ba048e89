import type { FootageNotAsked, FootageRecipient, FootageState } from '@commonsight/types/footage';
import type { SearchShape } from '@commonsight/types/search';
import { formatCount, formatDistance } from '../../incident/format.ts';
import { distanceMetres } from '../../map/geometry.ts';
import { middleOf } from '../../search/searchFeatures.ts';

export type Tone = 'calm' | 'good' | 'soon' | 'off';

/** How it stands with a contact, in a word or two. */
export function stateWords({ state, kind, mailedAt }: Pick<FootageRecipient, 'state' | 'kind' | 'mailedAt'>): {
  words: string;
  tone: Tone;
} {
  if (state === 'sent' && kind === 'registrant' && mailedAt === null) return { words: 'Being sent', tone: 'soon' };
  return { words: names[state], tone: tones[state] };
}

const names: Readonly<Record<FootageState, string>> = {
  sent: 'Sent',
  opened: 'Opened',
  hasIt: 'Has it',
  uploading: 'Uploading',
  received: 'Received',
  nothingRecorded: 'Nothing recorded',
  declined: 'Declined',
  expired: 'No answer in time',
};

const tones: Readonly<Record<FootageState, Tone>> = {
  sent: 'calm',
  opened: 'calm',
  hasIt: 'soon',
  uploading: 'soon',
  received: 'good',
  nothingRecorded: 'off',
  declined: 'off',
  expired: 'off',
};

const reasons: Readonly<Record<FootageNotAsked['why'], string>> = {
  askedTooOften: 'asked too often today',
  notReachable: 'whose contact cannot be reached',
  notShared: 'off by the owner’s word',
};

/** What came of a request: how many are asked, and which cameras nobody is asked about. */
export function sentWords(contacts: number, notAsked: readonly FootageNotAsked[]): string {
  const left = [...Map.groupBy(notAsked, ({ why }) => why)].map(
    ([why, cameras]) => `${formatCount(cameras.length, 'camera')} ${reasons[why]}`,
  );
  return `${formatCount(contacts, 'contact')} asked.${left.length === 0 ? '' : ` Left out: ${left.join(', ')}.`}`;
}

const kinds = { home: 'Home camera', business: 'Business camera', live: 'Live camera', gone: 'Deleted registration' };

/** Which camera was asked about, without saying whose it is. */
export function cameraWords({ kind, name, position }: FootageRecipient['cameras'][number], shape: SearchShape): string {
  const called = name ?? kinds[kind];
  return position === null ? called : `${called}, ${formatDistance(distanceMetres(middleOf(shape), position))}`;
}
