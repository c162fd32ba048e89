import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { ClipStore } from './clips/ClipStore.ts';
import type { FaultName } from './faults/faults.ts';
import { FrameClock } from './FrameClock.ts';
import { countPictureLossIndications } from './rtp/countPictureLossIndications.ts';
import { UdpPorts } from './rtp/UdpPorts.ts';
import { RtspConnection } from './rtsp/RtspConnection.ts';
import { SimulatedCamera } from './SimulatedCamera.ts';
import type { CameraCounters, CameraSettings } from './SimulatedCamera.ts';
import { liveFrameAt } from './stamp.ts';

const HOST = '127.0.0.1';
/** Also loopback, and still another address than the one the control connection goes to. */
const OTHER_HOST = '127.0.0.2';
const SCENES = 16;

export interface SimulatorSettings {
  /** Left out: loopback. */
  readonly host?: string;
  /** 0 or left out: a free one. */
  readonly port?: number;
  readonly cameras: readonly CameraSettings[];
}

export interface CameraControl {
  readonly counters: CameraCounters;
  /** Switches these faults on and all others off, for running pulls as well. Resolves when that is so. */
  setFaults(...names: FaultName[]): Promise<void>;
  /** Cuts all its connections, as when the camera loses power. */
  drop(): void;
}

export interface Simulator {
  readonly port: number;
  camera(name: string): CameraControl;
  /** Counters of all cameras added up. */
  readonly counters: CameraCounters;
  close(): Promise<void>;
}

/** Starts many RTSP cameras on one loopback port. Clips that are missing in the cache are made when first needed. */
export async function startSimulator({
  host = HOST,
  port = 0,
  cameras: settings,
}: SimulatorSettings): Promise<Simulator> {
  const clips = new ClipStore();
  const cameras = new Map<string, SimulatedCamera>();
  for (const [index, camera] of settings.entries()) {
    const clipOf = {
      scene: camera.scene ?? (index % SCENES) + 1,
      keyFrameIntervalSeconds: camera.keyFrameIntervalSeconds ?? 2,
    };
    const load = (stream: 'main' | 'sub', variant: Parameters<typeof clips.load>[0]['variant']) =>
      clips.load({ ...clipOf, stream, variant });
    cameras.set(camera.name, new SimulatedCamera(camera, load, index % 2 === 1));
  }

  const clock = new FrameClock((liveFrame) => {
    for (const camera of cameras.values()) {
      camera.streams.main.sendFrame(liveFrame);
      camera.streams.sub.sendFrame(liveFrame);
    }
  });
  const pullsChanged = (): void => {
    const isPulled = [...cameras.values()].some(({ streams }) => streams.main.pullCount + streams.sub.pullCount > 0);
    if (isPulled) clock.start();
    else clock.stop();
  };

  const rtcpSenders = new Map<string, SimulatedCamera>();
  const handleRtcp = (packet: Buffer, from: { address: string; port: number }): void => {
    const camera = rtcpSenders.get(`${from.address}:${from.port}`);
    if (camera !== undefined) camera.counts.plisReceived += countPictureLossIndications(packet);
  };
  const udpPorts = await UdpPorts.create(host, handleRtcp);
  const otherUdpPorts = await UdpPorts.create(OTHER_HOST, handleRtcp);

  const connections = new Set<RtspConnection>();
  const server = createServer((socket) => {
    const connection = new RtspConnection(socket, {
      findCamera: (name) => cameras.get(name),
      udpPorts: ({ fromOtherAddress }) => Promise.resolve(fromOtherAddress ? otherUdpPorts : udpPorts),
      expectRtcp: (camera, address, rtcpPort) => rtcpSenders.set(`${address}:${rtcpPort}`, camera),
      pullsChanged,
    });
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  });
  const closeUdp = (): void => {
    udpPorts.close();
    otherUdpPorts.close();
  };
  try {
    await listen(server, host, port);
  } catch (error) {
    closeUdp();
    throw error;
  }

  return {
    port: (server.address() as AddressInfo).port,
    camera: (name) => controlOf(cameras, name),
    get counters() {
      return [...cameras.values()].map((camera) => camera.counters).reduce(addCounters);
    },
    close: async () => {
      if (!server.listening) return;
      clock.stop();
      const closed = once(server, 'close');
      server.close();
      for (const connection of connections) connection.hangUp();
      await closed;
      clock.stop();
      closeUdp();
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

function controlOf(cameras: ReadonlyMap<string, SimulatedCamera>, name: string): CameraControl {
  const camera = cameras.get(name);
  if (camera === undefined) throw new Error(`The simulator has no camera ${name}.`);
  return {
    get counters() {
      return camera.counters;
    },
    setFaults: (...names) => camera.setFaults(names, liveFrameAt(Date.now())),
    drop: () => camera.drop(),
  };
}

function addCounters(one: CameraCounters, other: CameraCounters): CameraCounters {
  return {
    describes: one.describes + other.describes,
    openSessions: one.openSessions + other.openSessions,
    startedPulls: addPulls(one.startedPulls, other.startedPulls),
    openPulls: addPulls(one.openPulls, other.openPulls),
    keepAlives: one.keepAlives + other.keepAlives,
    refusedLogins: one.refusedLogins + other.refusedLogins,
    plisReceived: one.plisReceived + other.plisReceived,
  };
}

function addPulls(one: CameraCounters['openPulls'], other: CameraCounters['openPulls']): CameraCounters['openPulls'] {
  return { main: one.main + other.main, sub: one.sub + other.sub };
}
