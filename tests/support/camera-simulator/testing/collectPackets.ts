import { ClipStore } from '../clips/ClipStore.ts';
import type { FaultName } from '../faults/faults.ts';
import type { PacketSink } from '../rtp/PacketSink.ts';
import { SimulatedCamera } from '../SimulatedCamera.ts';
import type { StreamName } from '../streams.ts';

/** A pull that keeps what it gets, one entry for each frame that was sent. */
export class RecordingSink implements PacketSink {
  readonly isUdp = false;
  readonly pictures: Buffer[][] = [];
  readonly reports: Buffer[] = [];

  sendRtp(packets: readonly Buffer[]): void {
    this.pictures.push([...packets]);
  }

  sendRtcp(packet: Buffer): void {
    this.reports.push(packet);
  }
}

export interface Collection {
  readonly faults?: readonly FaultName[];
  readonly stream?: StreamName;
  readonly fromFrame: number;
  readonly frames: number;
}

const clips = new ClipStore();

/** A camera of the first scene, apart from any server: the test says which frame is due. */
export function testCamera(faults: readonly FaultName[]): SimulatedCamera {
  const load = (stream: StreamName, variant: Parameters<ClipStore['load']>[0]['variant']) =>
    clips.load({ scene: 1, stream, keyFrameIntervalSeconds: 2, variant });
  return new SimulatedCamera({ name: 'cam1', title: 'Harbor & 3rd', faults }, load, false);
}

/** Lets a camera send a row of frames at once and returns what a pull over TCP gets. */
export async function collectPackets({
  faults = [],
  stream = 'sub',
  fromFrame,
  frames,
}: Collection): Promise<RecordingSink> {
  const source = testCamera(faults).streams[stream];
  await source.prepare(fromFrame);
  const sink = new RecordingSink();
  source.addPull(sink);
  for (let frame = fromFrame; frame < fromFrame + frames; frame += 1) source.sendFrame(frame);
  return sink;
}
