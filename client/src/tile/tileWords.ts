import type { CameraFault } from '@commonsight/types/health';
import { exhausted } from '../exhausted.ts';
import { approverWords, endReasonNames } from '../ui/words.ts';
import type { StatusKind } from '../ui/StatusSymbol.tsx';
import type { TileEnd, TileState } from '../media/TileState.ts';

/** How a tile's state reads: beside the symbol in the corner, and in the middle where no live picture is. */
export interface TileWords {
  kind: StatusKind;
  /** One or two words for the corner. */
  short: string;
  /** In the middle of the tile; null where the picture speaks for itself. */
  message: { title: string; sentence: string } | null;
  /** What the tile offers to do about it. */
  action: 'giveReason' | 'withdraw' | 'askAgain' | 'renew' | 'openAgain' | null;
}

export interface Clocks {
  localNowMs: number;
  serverNowMs: number;
}

export function tileWords(state: TileState, clocks: Clocks): TileWords {
  switch (state.state) {
    case 'empty':
      return words('off', 'No camera', 'Camera not found', 'It was removed. Clear the tile or choose another camera.');
    case 'connecting':
      return words('waiting', 'Connecting', 'Connecting', connectingSentence(state, clocks));
    case 'waitingForKeyFrame':
      return words('waiting', 'Waiting', 'Waiting for a key frame', 'The camera is connected and sends one shortly.');
    // While the server is away the picture is as live as before; the console says once that control is lost.
    case 'live':
    case 'reconnecting':
      return picture('live', delayWord(state.delayMs));
    case 'degraded':
      return picture('warn', `Degraded: ${state.message}`);
    case 'stale': {
      const age = ageWord(state.ageSeconds);
      return words('stale', `Stale ${age}`, `Picture is ${age} old`, 'No newer one has come. Waiting for the camera.');
    }
    case 'cameraOffline':
      return words('off', ...offlineTitle(state.fault), offlineSentence(state, clocks));
    case 'relayOffline':
      return words('off', 'Relay offline', 'Relay offline', relaySentence(state, clocks));
    case 'grantNeeded':
      return {
        ...words('warn', 'Purpose needed', 'Purpose needed', 'Say why you look, once for the incident.'),
        action: 'giveReason',
      };
    case 'waitingForApproval': {
      const sentence = `By ${approverWords(state.approvedBy)}, ${leftWord(state.expiresAt, clocks)} left. Without an answer it is refused.`;
      return { ...words('waiting', 'Waiting for approval', 'Waiting for approval', sentence), action: 'withdraw' };
    }
    case 'approvalDenied': {
      const title = state.by === null ? 'Access denied' : `Denied by ${state.by}`;
      return { ...words('off', 'Denied', title, state.note ?? 'No reason was given.'), action: 'askAgain' };
    }
    case 'approvalTimedOut': {
      const sentence = `The request was refused, because ${approverWords(state.approvedBy)} did not answer it.`;
      return { ...words('off', 'Not answered', 'Nobody answered in time', sentence), action: 'askAgain' };
    }
    case 'restricted':
      return words('warn', 'Restricted', 'Access restricted', state.message);
    case 'ended':
      return {
        ...words(
          'off',
          state.end.reason === 'notShared' ? 'Owner off' : 'Ended',
          endTitle(state.end),
          endSentence(state.end),
        ),
        action: actionAfter(state.end),
      };
    default:
      return exhausted(state);
  }
}

/** `5 s`, `2 min`, `1 h`. */
export function ageWord(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 120) return `${whole} s`;
  if (whole < 7_200) return `${Math.floor(whole / 60)} min`;
  return `${Math.floor(whole / 3_600)} h`;
}

function words(kind: StatusKind, short: string, title: string, sentence: string): TileWords {
  return { kind, short, message: { title, sentence }, action: null };
}

function picture(kind: StatusKind, short: string): TileWords {
  return { kind, short, message: null, action: null };
}

function delayWord(delayMs: number | null): string {
  return delayMs === null ? 'Live' : `Live ${delayMs} ms`;
}

function connectingSentence(state: Extract<TileState, { state: 'connecting' }>, clocks: Clocks): string {
  if (state.message === null) return 'The picture comes in a moment.';
  if (state.retryAtMs === null) return state.message;
  return `${state.message} ${retryWord((state.retryAtMs - clocks.localNowMs) / 1_000)}`;
}

/** In the corner and in the middle. The camera is not to blame for what the relay's masking cannot do. */
function offlineTitle(fault: CameraFault): [short: string, title: string] {
  if (fault === 'maskFailed') return ['Masks failed', 'Privacy masks failed'];
  if (fault === 'maskingFull') return ['Masking full', 'No room to mask another camera'];
  return ['Camera offline', 'Camera offline'];
}

function offlineSentence(state: Extract<TileState, { state: 'cameraOffline' }>, clocks: Clocks): string {
  const retry = state.retryAt === null ? '' : ` ${retryWord((Date.parse(state.retryAt) - clocks.serverNowMs) / 1_000)}`;
  return `${state.message}${retry}${pictureAge(state.ageSeconds)}`;
}

function relaySentence(state: Extract<TileState, { state: 'relayOffline' }>, clocks: Clocks): string {
  const seconds = (clocks.serverNowMs - Date.parse(state.since)) / 1_000;
  return `The site has not been connected for ${ageWord(seconds)}. It comes back by itself.${pictureAge(state.ageSeconds)}`;
}

/** Rounded up, so that the last minute is not none. */
function leftWord(moment: string, { serverNowMs }: Clocks): string {
  return `${Math.max(0, Math.ceil((Date.parse(moment) - serverNowMs) / 60_000))} min`;
}

function retryWord(seconds: number): string {
  return seconds < 1 ? 'Retrying now.' : `Retrying in ${ageWord(seconds)}.`;
}

function pictureAge(ageSeconds: number | null): string {
  return ageSeconds === null ? '' : ` The picture is ${ageWord(ageSeconds)} old.`;
}

function endTitle({ reason, by }: TileEnd): string {
  if (reason === 'endedBySupervisor' && by !== null) return `Ended by ${by.name}`;
  return endReasonNames[reason];
}

function endSentence({ reason, note, by }: TileEnd): string {
  switch (reason) {
    case 'endedBySupervisor':
      return note ?? 'No reason was given.';
    case 'incidentClosed':
      return `${by === null ? '' : `${by.name} closed it. `}Add the tile to an open incident to go on.`;
    case 'grantEnded':
      return 'Access to the incident’s cameras was ended.';
    case 'grantExpired':
      return 'The time for which it was given is over.';
    case 'cameraRemoved':
      return 'The camera is no longer in the system.';
    case 'notShared':
      return note ?? 'The owner does not share this camera now.';
    case 'sessionEnded':
      return 'Sign in again to go on.';
    case 'closedByUser':
    case 'connectionLost':
    case 'mediaLost':
      return 'Open it again to go on.';
    default:
      return exhausted(reason);
  }
}

function actionAfter({ reason }: TileEnd): TileWords['action'] {
  if (reason === 'grantExpired' || reason === 'grantEnded') return 'renew';
  return reason === 'incidentClosed' || reason === 'cameraRemoved' || reason === 'sessionEnded' ? null : 'openAgain';
}
