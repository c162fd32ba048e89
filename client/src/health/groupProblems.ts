import type { CameraFault } from '@commonsight/types/health';
import { relayCommand } from '../ui/relayCommand.ts';
import type { HealthReader } from './HealthReader.ts';

/** What can be wrong with a camera, at itself, at its entry or at what the relay hears of it. */
export type ProblemCode = CameraFault | 'notAtRelay' | 'inputNotHeard';

export interface ProblemGroup<C> {
  code: ProblemCode;
  title: string;
  whatToDo: string;
  cameras: readonly C[];
}

/** The problems of a site, those of most cameras first: one cause often has many cameras. */
export function groupProblems<C extends { problem: ProblemCode | null }>(
  conditions: readonly C[],
  reader: HealthReader,
): ProblemGroup<C>[] {
  const groups = Map.groupBy(
    conditions.filter(({ problem }) => problem !== null),
    ({ problem }) => problem as ProblemCode,
  );
  return [...groups]
    .map(([code, cameras]) => {
      const { title, whatToDo, toOwner } = problemWords[code];
      return { code, cameras, title, whatToDo: reader === 'owner' ? (toOwner ?? whatToDo) : whatToDo };
    })
    .toSorted((a, b) => b.cameras.length - a.cameras.length || a.title.localeCompare(b.title));
}

interface ProblemWords {
  title: string;
  whatToDo: string;
  /** Where an owner, who has no administrator's page, has to do something else. */
  toOwner?: string;
}

const importCommand = relayCommand('camera import --file cameras.csv');

const problemWords: Readonly<Record<ProblemCode, ProblemWords>> = {
  notAtRelay: {
    title: 'Not entered at the relay',
    whatToDo: `Download these as CSV, write addresses and passwords into the file, and read it under Add cameras or at the relay: ${importCommand}`,
    toOwner: `Ask the agency for a file with these cameras, write addresses and passwords into it, and read it at the relay: ${importCommand}`,
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
    toOwner: 'Mask fewer cameras, or give the relay a stronger machine and a higher RELAY_MASKED_STREAMS.',
  },
  notConfigured: {
    title: 'Entry at the relay has a mistake',
    whatToDo:
      'Correct its entry in cameras.json at the relay, its file of cameras; the sentence at the camera says where.',
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
    toOwner:
      'Correct its password in cameras.json at the relay. Cameras lock an account after some wrong ones: wait, then try again.',
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
