import type { SharingRule } from '@commonsight/types/relay/sharing';
import { waitFor } from '../../media/relay/support/waitFor.ts';
import type { SharingStage } from './SharingStage.ts';

const rule = (mode: SharingRule['mode']): SharingRule => ({ mode, schedule: [], dates: [] });

/** Milliseconds from the handing over of a change to the last packet that arrives, once for each run. */
export async function changeTimes(stage: SharingStage, runs: number): Promise<number[]> {
  const camera = await stage.addCamera();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await stage.offer(stage.sign({ [camera]: rule('always') }, rule('off')));
    const stream = await stage.relay.start(camera);
    await stream.untilMorePackets(60);
    const signed = stage.sign({ [camera]: rule('off') }, rule('off'));
    const changedAtMs = performance.now();
    await stage.offer(signed);
    await waitFor('the end', () => stream.stopReason);
    await waitFor('no session', () => stage.simulator.camera('camera').counters.openSessions === 0);
    times.push(Math.max(0, (stream.uplink.packets.at(-1)?.arrivedAtMs ?? changedAtMs) - changedAtMs));
    stream.uplink.close();
  }
  return times;
}
