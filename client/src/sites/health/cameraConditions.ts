import type { CameraFault } from '@commonsight/types/health';
import type { RelayCamera, RelayHealth } from '@commonsight/types/relay/relay-health';
import type { SiteCamera } from '@commonsight/types/site-camera';
import { cameraHealth } from '../../state/cameras.ts';

/** How a camera of a site is, the first that fits. */
export type ConditionKind = 'problem' | 'waiting' | 'live' | 'ready' | 'unknown';

export interface CameraCondition {
  camera: SiteCamera;
  relay: RelayCamera | null;
  kind: ConditionKind;
  /** What it is counted under among the problems; null for none. */
  problem: ProblemCode | null;
  sentence: string;
  /** What leaves the relay of it now, in kilobits a second. */
  kilobitsPerSecond: number;
}

export type ProblemCode = CameraFault | 'notAtRelay' | 'inputNotHeard';

/** Puts together what the server knows of the cameras and what their relay tells; null while it tells nothing. */
export function conditionsOf(cameras: readonly SiteCamera[], health: RelayHealth | null): CameraCondition[] {
  const atRelay = new Map(health?.cameras.map((camera) => [camera.cameraId, camera]));
  return cameras.map((camera) => {
    const relay = atRelay.get(camera.id) ?? null;
    const kilobitsPerSecond = relay?.sending.reduce((sum, stream) => sum + stream.kilobitsPerSecond, 0) ?? 0;
    return { camera, relay, kilobitsPerSecond, ...conditionOf(camera, relay, health !== null) };
  });
}

function conditionOf(
  camera: SiteCamera,
  relay: RelayCamera | null,
  isKnown: boolean,
): Pick<CameraCondition, 'kind' | 'problem' | 'sentence'> {
  const streaming = cameraHealth(camera);
  if (streaming.state === 'cameraOffline' || streaming.state === 'degraded') {
    return { kind: 'problem', problem: streaming.fault, sentence: streaming.message };
  }
  if (streaming.state === 'stale') {
    return { kind: 'problem', problem: 'noPackets', sentence: 'No new picture comes from the camera.' };
  }
  if (!isKnown) return { kind: 'unknown', problem: null, sentence: 'The relay does not tell now.' };
  if (relay === null) {
    return { kind: 'problem', problem: 'notAtRelay', sentence: 'The relay has no address for this camera.' };
  }
  const { check } = relay;
  if (check !== null && check.fault !== null && streaming.state !== 'live') {
    return { kind: 'problem', problem: check.fault.code, sentence: check.fault.message };
  }
  if (relay.alertInput === 'failing') {
    const sentence = 'The relay does not hear its inputs, which are to begin an alert.';
    return { kind: 'problem', problem: 'inputNotHeard', sentence };
  }
  const waits = [
    ...(camera.confirmedAt === null ? ['your confirmation'] : []),
    ...(relay.awaitsOwner ? ['its owner’s confirmation'] : []),
  ];
  if (waits.length > 0) return { kind: 'waiting', problem: null, sentence: `Waits for ${waits.join(' and ')}.` };
  if (streaming.state === 'live') return { kind: 'live', problem: null, sentence: 'Somebody is watching.' };
  if (check === null) return { kind: 'unknown', problem: null, sentence: 'Not checked yet.' };
  const shared = camera.sharingMode === 'always' ? '' : ' Its owner does not share it live now.';
  return { kind: 'ready', problem: null, sentence: `Answers. Nobody is watching.${shared}` };
}

export interface ProblemGroup {
  code: ProblemCode;
  title: string;
  whatToDo: string;
  cameras: readonly CameraCondition[];
}

/** The problems of a site, those of most cameras first: one cause often has many cameras. */
export function groupProblems(conditions: readonly CameraCondition[]): ProblemGroup[] {
  const groups = Map.groupBy(
    conditions.filter(({ problem }) => problem !== null),
    ({ problem }) => problem as ProblemCode,
  );
  return [...groups]
    .map(([code, cameras]) => ({ code, cameras, ...problemWords[code] }))
    .toSorted((a, b) => b.cameras.length - a.cameras.length || a.title.localeCompare(b.title));
}

const problemWords: Readonly<Record<ProblemCode, { title: string; whatToDo: string }>> = {
  notAtRelay: {
    title: 'Not entered at the relay',
    whatToDo:
      'Download these as CSV, write addresses and passwords into the file, and read it under Add cameras or at the relay by relay camera import.',
  },
  inputNotHeard: {
    title: 'Alert button not heard',
    whatToDo:
      'Allow its user ONVIF events, and check the ONVIF port of its entry at the relay (80 unless it says another).',
  },
  maskFailed: {
    title: 'Cannot be masked',
    whatToDo: 'Nothing of these is shown until masking works again. Check that ffmpeg is installed at the relay.',
  },
  maskingFull: {
    title: 'Too many masked streams at once',
    whatToDo: 'End the viewing of another masked camera, or give the relay a stronger machine and a higher limit.',
  },
  notConfigured: {
    title: 'Entry at the relay has a mistake',
    whatToDo: 'Correct its entry in cameras.json at the relay; the sentence at the camera says where.',
  },
  unreachable: {
    title: 'Cannot be reached',
    whatToDo: 'Check power and network cable. Many at once: check the switch that they share, and the relay’s network.',
  },
  timedOut: {
    title: 'Does not answer in time',
    whatToDo: 'Restart the camera. Many at once: the network or a recorder that serves them is overloaded.',
  },
  notRtsp: { title: 'Answers in another protocol', whatToDo: 'Check its port: RTSP is mostly at 554.' },
  wrongPassword: {
    title: 'Refuses user or password',
    whatToDo: 'Correct the password at the relay. Cameras lock an account after some wrong ones: wait, then try again.',
  },
  notFound: { title: 'Has no such stream', whatToDo: 'Check the path of its streams, often changed by an update.' },
  refused: {
    title: 'Refuses the stream',
    whatToDo: 'Let its user see live video, and close other viewers: some cameras serve few at a time.',
  },
  h265Only: { title: 'Sends H.265', whatToDo: 'Switch the stream to H.264 in the camera.' },
  noH264: { title: 'Sends no H.264', whatToDo: 'Set the stream to H.264 in the camera.' },
  bFrames: { title: 'Sends B-frames', whatToDo: 'Turn B-frames off, or choose the Baseline profile.' },
  noPackets: { title: 'Sends no video', whatToDo: 'Restart the camera. If it stays, set its transport to TCP.' },
  noKeyFrame: { title: 'Sends no key frame', whatToDo: 'Set its key-frame interval to 2 seconds.' },
  connectionLost: {
    title: 'Breaks the connection off',
    whatToDo: 'Check cable and switch port. Wireless cameras: check the signal.',
  },
};
