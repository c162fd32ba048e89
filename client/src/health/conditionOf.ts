import type { StreamHealth } from '@commonsight/types/health';
import type { RelayCamera } from '@commonsight/types/relay/relay-health';
import type { SharingMode } from '@commonsight/types/relay/sharing';
import { cameraHealth } from '../state/cameras.ts';
import type { ProblemCode } from './groupProblems.ts';
import type { HealthReader } from './HealthReader.ts';

/** How a camera of a site is, the first that fits. */
export type ConditionKind = 'problem' | 'waiting' | 'live' | 'ready' | 'unknown';

export interface Condition {
  kind: ConditionKind;
  /** What it is counted under among the problems; null for none. */
  problem: ProblemCode | null;
  sentence: string;
}

/** What the server knows of a camera. */
export interface ExaminedCamera {
  sharingMode: SharingMode;
  /** When the agency confirmed it; null: it has not. */
  confirmedAt: string | null;
  streams: readonly { health: StreamHealth }[];
}

/** What its relay tells of it. */
export type ToldCamera = Pick<RelayCamera, 'awaitsOwner' | 'check' | 'alertInput'>;

/** `told` is null for a camera that the relay has no entry for; `isKnown` is false while the relay tells nothing at all. */
export function conditionOf(
  camera: ExaminedCamera,
  told: ToldCamera | null,
  { isKnown, reader }: { isKnown: boolean; reader: HealthReader },
): Condition {
  const streaming = cameraHealth(camera);
  if (streaming.state === 'cameraOffline' || streaming.state === 'degraded') {
    return { kind: 'problem', problem: streaming.fault, sentence: streaming.message };
  }
  if (streaming.state === 'stale') {
    return { kind: 'problem', problem: 'noPackets', sentence: 'No new picture comes from the camera.' };
  }
  if (!isKnown) return { kind: 'unknown', problem: null, sentence: 'The relay does not tell now.' };
  if (told === null) {
    return { kind: 'problem', problem: 'notAtRelay', sentence: 'The relay has no address for this camera.' };
  }
  const { check } = told;
  if (check !== null && check.fault !== null && streaming.state !== 'live') {
    return { kind: 'problem', problem: check.fault.code, sentence: check.fault.message };
  }
  if (told.alertInput === 'failing') {
    const sentence = 'The relay does not hear its inputs, which are to begin an alert.';
    return { kind: 'problem', problem: 'inputNotHeard', sentence };
  }
  const words = readerWords[reader];
  const waits = [
    ...(camera.confirmedAt === null ? [words.agencyWaits] : []),
    ...(told.awaitsOwner ? [words.ownerWaits] : []),
  ];
  if (waits.length > 0) return { kind: 'waiting', problem: null, sentence: `Waits for ${waits.join(' and ')}.` };
  if (streaming.state === 'live') return { kind: 'live', problem: null, sentence: words.live };
  if (check === null) return { kind: 'unknown', problem: null, sentence: 'Not checked yet.' };
  return { kind: 'ready', problem: null, sentence: words.ready(camera.sharingMode) };
}

interface ReaderWords {
  agencyWaits: string;
  ownerWaits: string;
  live: string;
  ready: (mode: SharingMode) => string;
}

const readerWords: Readonly<Record<HealthReader, ReaderWords>> = {
  administrator: {
    agencyWaits: 'your confirmation',
    ownerWaits: 'its owner’s confirmation',
    live: 'Somebody is watching.',
    ready: (mode) => `Answers. Nobody is watching.${mode === 'always' ? '' : ' Its owner does not share it live now.'}`,
  },
  // Who is watching, and what is shared, owners read beside it.
  owner: {
    agencyWaits: 'the agency’s confirmation',
    ownerWaits: 'yours',
    live: 'It sends a picture now.',
    ready: () => 'It answers.',
  },
};
