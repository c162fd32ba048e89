import { randomUUID } from 'node:crypto';
import type { SharingRule } from '@commonsight/types/relay/sharing';
import { waitFor } from '../../media/relay/support/waitFor.ts';
import type { Random } from '../signalling/Random.ts';
import { askStart, askStop, taken } from './askRelay.ts';
import { ServerSocket } from './ServerSocket.ts';
import type { SharingStage } from './SharingStage.ts';
import { always, plainRule, unsharingRules } from './sharingRules.ts';

export interface ChangeTime {
  /** What of the document changed. */
  readonly change: string;
  /** From the handing over of the change to the last packet at the server's socket. */
  readonly lastPacketMs: number;
}

interface Change {
  readonly change: string;
  /** Of the camera, or null for its name to be taken out of the document. */
  readonly rule: SharingRule | null;
}

/** What an owner does to a watched camera, each in turn. */
function changeOf(random: Random, run: number): Change {
  const rules = Object.entries(unsharingRules);
  const [part, make] = rules[run % (rules.length + 1)] ?? (['', null] as const);
  if (make === null) return { change: 'not named any more', rule: null };
  const mode = random.pick(['off', 'recordedOnly', 'onAlert'] as const);
  return { change: `${mode} by ${part}`, rule: make(random, mode) };
}

/** The owner ends what is watched, once for each run. */
export async function changeTimes(stage: SharingStage, random: Random, runs: number): Promise<ChangeTime[]> {
  const camera = await stage.addCamera();
  const times: ChangeTime[] = [];
  for (let run = 0; run < runs; run += 1) {
    const socket = await ServerSocket.open();
    const streamId = randomUUID();
    await stage.offer(stage.sign({ [camera]: always }, plainRule('off')));
    const grants = [stage.relay.server.signGrant(camera)];
    const answer = await askStart(stage, socket, { cameraId: camera, grants, streamId });
    if (answer !== taken) throw new Error(`A shared camera was refused: ${answer}.`);
    await waitFor('60 packets', () => socket.arrivals.length >= 60);
    const { change, rule } = changeOf(random, run);
    const signed = stage.sign(rule === null ? {} : { [camera]: rule }, plainRule('off'));
    const changedAtMs = performance.now();
    await stage.offer(signed);
    await waitFor('the end', () => stage.hasStopped(streamId));
    await waitFor('no session', () => stage.simulator.camera('camera').counters.openSessions === 0);
    times.push({ change, lastPacketMs: Math.max(0, (socket.arrivals.at(-1) ?? changedAtMs) - changedAtMs) });
    await askStop(stage, streamId);
    socket.close();
  }
  return times;
}
