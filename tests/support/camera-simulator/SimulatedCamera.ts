import { FaultSet } from './faults/FaultSet.ts';
import type { ClipVariant } from './faults/Fault.ts';
import { FAULTS } from './faults/faults.ts';
import type { FaultName } from './faults/faults.ts';
import type { ParsedClip } from './h264/AccessUnit.ts';
import type { CameraAuth } from './rtsp/authentication.ts';
import { SimulatedStream } from './SimulatedStream.ts';
import type { StreamName } from './streams.ts';

export interface CameraSettings {
  /** First part of its RTSP paths: `/<name>/main` and `/<name>/sub`. */
  readonly name: string;
  /** The text in the picture. */
  readonly title?: string;
  /** Which of the pictures it shows, 1 to 16. */
  readonly scene?: number;
  readonly faults?: readonly FaultName[];
  /** Left out: no password is asked. */
  readonly auth?: CameraAuth;
  readonly keyFrameIntervalSeconds?: number;
}

export interface CameraCounters {
  describes: number;
  /** RTSP sessions that are set up now. */
  openSessions: number;
  /** PLAY requests that were answered with 200, from the beginning. */
  startedPulls: Record<StreamName, number>;
  /** Pulls that run now. */
  openPulls: Record<StreamName, number>;
  keepAlives: number;
  refusedLogins: number;
  /** Picture-loss indications and full intra requests that came in over RTCP; the camera ignores them. */
  plisReceived: number;
}

/** What can be closed from the camera's side. */
export interface CameraConnection {
  hangUp(): void;
}

export class SimulatedCamera {
  readonly name: string;
  readonly auth: CameraAuth | undefined;
  readonly streams: Readonly<Record<StreamName, SimulatedStream>>;
  readonly connections = new Set<CameraConnection>();
  readonly counts = { describes: 0, main: 0, sub: 0, keepAlives: 0, refusedLogins: 0, plisReceived: 0, sessions: 0 };
  #faults: FaultSet;

  constructor(
    settings: CameraSettings,
    loadClip: (stream: StreamName, variant: ClipVariant) => Promise<ParsedClip>,
    aggregatesParameterSets: boolean,
  ) {
    this.name = settings.name;
    this.auth = settings.auth;
    this.#faults = faultSetOf(settings.faults ?? []);
    const stream = (name: StreamName): SimulatedStream =>
      new SimulatedStream({
        name,
        title: settings.title ?? settings.name,
        cname: `${settings.name}@camera`,
        aggregatesParameterSets,
        faults: () => this.#faults,
        loadClip: (variant) => loadClip(name, variant),
      });
    this.streams = { main: stream('main'), sub: stream('sub') };
  }

  get faults(): FaultSet {
    return this.#faults;
  }

  get counters(): CameraCounters {
    const { describes, keepAlives, refusedLogins, plisReceived, sessions, main, sub } = this.counts;
    return {
      describes,
      openSessions: sessions,
      startedPulls: { main, sub },
      openPulls: { main: this.streams.main.pullCount, sub: this.streams.sub.pullCount },
      keepAlives,
      refusedLogins,
      plisReceived,
    };
  }

  /** Switches these faults on and all others off, also for what runs already. Resolves when their clips are ready. */
  async setFaults(names: readonly FaultName[], liveFrame: number): Promise<void> {
    const before = this.#faults;
    this.#faults = faultSetOf(names);
    if (this.#faults.isOffline) this.drop();
    try {
      for (const stream of Object.values(this.streams)) if (stream.pullCount > 0) await stream.prepare(liveFrame);
    } catch (error) {
      this.#faults = before;
      throw error;
    }
  }

  /** Cuts every connection, as a camera does that loses its power; new ones are welcome at once. */
  drop(): void {
    for (const connection of this.connections) connection.hangUp();
  }
}

function faultSetOf(names: readonly FaultName[]): FaultSet {
  return new FaultSet(names.map((name) => FAULTS[name]));
}
