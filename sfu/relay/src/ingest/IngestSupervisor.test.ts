import type { StreamHealth } from '@commonsight/types/health';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CameraError } from '../rtsp/CameraError.ts';
import type { SourceMeasure, SourceOptions } from './IngestSource.ts';
import { IngestSupervisor } from './IngestSupervisor.ts';
import { ingestTimings } from './timings.ts';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

const silent = { info: () => undefined, warn: () => undefined, debug: () => undefined };
const size = { width: 640, height: 360 };
type Measure = { -readonly [K in keyof SourceMeasure]: SourceMeasure[K] };

/** A supervisor over sources that the test plays. */
function supervise(open: (attempt: number) => CameraError | undefined = () => undefined) {
  const measure: Measure = {
    packets: 0,
    sent: 0,
    pictures: 0,
    isWaitingForKeyFrame: true,
    isMaskingStarting: false,
    hasBFrames: false,
    size,
  };
  const seen: StreamHealth[] = [];
  const attemptsAtMs: number[] = [];
  let options: SourceOptions | undefined;
  const played = { isFlowing: false, isStuck: false, closed: 0, keyFrameRequests: 0 };
  const supervisor = new IngestSupervisor({
    timings: ingestTimings,
    log: silent,
    random: () => 1,
    onHealth: (health) => seen.push(health),
    openSource: (given) => {
      attemptsAtMs.push(Date.now());
      const error = open(attemptsAtMs.length);
      if (error !== undefined) return Promise.reject(error);
      options = given;
      Object.assign(measure, { packets: 0, sent: 0 });
      return Promise.resolve({
        measure: () => measure,
        requestKeyFrame: () => void (played.keyFrameRequests += 1),
        close: () => Promise.resolve(void (played.closed += 1)),
      });
    },
  });
  setInterval(() => {
    if (!played.isFlowing) return;
    measure.packets += 3;
    if (played.isStuck) return;
    measure.sent += 3;
    measure.pictures += 1;
  }, 40);
  const goLive = async () => {
    Object.assign(measure, { isWaitingForKeyFrame: false });
    played.isFlowing = true;
    await vi.advanceTimersByTimeAsync(400);
  };
  supervisor.start();
  return {
    supervisor,
    seen,
    attemptsAtMs,
    measure,
    played,
    goLive,
    lose: (error: CameraError) => options?.onLost(error),
  };
}

const stateOf = ({ state }: StreamHealth) => state;

describe('IngestSupervisor', () => {
  test('tells what a stream goes through until it is live', async () => {
    const { supervisor, seen, measure, played, goLive } = supervise();
    played.isFlowing = true;
    await vi.advanceTimersByTimeAsync(300);
    await goLive();
    await vi.advanceTimersByTimeAsync(3_000);
    expect([...new Set(seen.map(stateOf))]).toEqual(['connecting', 'waitingForKeyFrame', 'live']);
    expect(supervisor.health).toMatchObject({ state: 'live', width: 640, height: 360, framesPerSecond: 25 });
    const told = seen.length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen.length).toBe(told);
    measure.size = { width: 1280, height: 720 };
    await vi.advanceTimersByTimeAsync(200);
    const [before, after] = seen.slice(-2);
    expect(after).toEqual({ ...before, width: 1280, height: 720 });
  });

  test('a stream without packets is stale, then live again, or given up', async () => {
    const { seen, played, goLive, supervisor } = supervise();
    await goLive();
    await vi.advanceTimersByTimeAsync(2_000);
    played.isFlowing = false;
    await vi.advanceTimersByTimeAsync(1_500);
    expect(supervisor.health.state).toBe('stale');
    played.isFlowing = true;
    await vi.advanceTimersByTimeAsync(400);
    expect(supervisor.health.state).toBe('live');
    played.isFlowing = false;
    await vi.advanceTimersByTimeAsync(5_200);
    expect(seen.at(-1)).toMatchObject({
      state: 'cameraOffline',
      fault: 'noPackets',
      message: 'Camera sends no video.',
    });
    expect(played.closed).toBe(1);
  });

  test('a stream whose camera sends and of which nothing comes out is stale', async () => {
    const { supervisor, played, goLive } = supervise();
    await goLive();
    played.isStuck = true;
    await vi.advanceTimersByTimeAsync(1_500);
    expect(supervisor.health.state).toBe('stale');
    await vi.advanceTimersByTimeAsync(20_000);
    expect([supervisor.health.state, played.closed]).toEqual(['stale', 0]);
    played.isStuck = false;
    await vi.advanceTimersByTimeAsync(400);
    expect(supervisor.health.state).toBe('live');
  });

  test('begins anew at once when it is told to, while it runs and while it waits, and calls that no failure', async () => {
    const running = supervise();
    await running.goLive();
    running.supervisor.reopen();
    await vi.advanceTimersByTimeAsync(0);
    expect(running.played.closed).toBe(1);
    expect(running.attemptsAtMs).toHaveLength(2);
    expect(running.seen.map(stateOf)).not.toContain('cameraOffline');
    const waiting = supervise((attempt) => (attempt > 3 ? undefined : new CameraError('notFound')));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(waiting.attemptsAtMs).toHaveLength(3);
    waiting.supervisor.reopen();
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting.attemptsAtMs).toHaveLength(4);
  });

  test('a camera with few frames a second is not stale between them', async () => {
    const { supervisor, played, goLive } = supervise();
    await goLive();
    for (let second = 0; second < 20; second += 1) {
      played.isFlowing = false;
      await vi.advanceTimersByTimeAsync(1_460);
      expect(second < 6 || supervisor.health.state === 'live').toBe(true);
      played.isFlowing = true;
      await vi.advanceTimersByTimeAsync(40);
    }
  });

  test('tries again after 0.5, 1, 2, 4, 8, 10 and 10 s, and says when', async () => {
    const { seen, attemptsAtMs } = supervise(() => new CameraError('unreachable'));
    await vi.advanceTimersByTimeAsync(36_000);
    const pauses = attemptsAtMs.slice(1).map((atMs, index) => (atMs - (attemptsAtMs[index] ?? 0)) / 1000);
    expect(pauses).toEqual([0.5, 1, 2, 4, 8, 10, 10]);
    const retries = seen.filter((health) => health.state === 'cameraOffline').map(({ retryAt }) => retryAt);
    expect(retries.slice(0, 3)).toEqual(['1970-01-01T00:00:00.500Z', null, '1970-01-01T00:00:01.500Z']);
    expect(new Set(seen.slice(1).map(stateOf))).toEqual(new Set(['cameraOffline']));
  });

  test('begins with short pauses again after it was live for a while', async () => {
    const { attemptsAtMs, goLive, lose } = supervise((attempt) =>
      attempt < 4 ? new CameraError('refused') : undefined,
    );
    await vi.advanceTimersByTimeAsync(4_000);
    await goLive();
    await vi.advanceTimersByTimeAsync(11_000);
    const lostAtMs = Date.now();
    lose(new CameraError('connectionLost'));
    await vi.advanceTimersByTimeAsync(600);
    expect((attemptsAtMs.at(-1) ?? 0) - lostAtMs).toBe(500);
  });

  test('goes by how long it was live and not by the clock on the wall, which may be set', async () => {
    const { attemptsAtMs, goLive, lose } = supervise((attempt) =>
      attempt < 4 ? new CameraError('refused') : undefined,
    );
    await vi.advanceTimersByTimeAsync(4_000);
    await goLive();
    await vi.advanceTimersByTimeAsync(11_000);
    vi.setSystemTime(Date.now() - 3_600_000);
    const lostAtMs = Date.now();
    lose(new CameraError('connectionLost'));
    await vi.advanceTimersByTimeAsync(600);
    expect((attemptsAtMs.at(-1) ?? 0) - lostAtMs).toBe(500);
  });

  test('tries a wrong password rarely, so that the camera does not lock the user out', async () => {
    const { attemptsAtMs } = supervise(() => new CameraError('wrongPassword'));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(attemptsAtMs.slice(0, 4)).toEqual([0, 10_000, 30_000, 60_000]);
    expect(attemptsAtMs.length).toBeLessThan(16);
  });

  test('gives a stream up that has no key frame', async () => {
    const { supervisor, played } = supervise();
    played.isFlowing = true;
    await vi.advanceTimersByTimeAsync(30_200);
    expect(supervisor.health).toMatchObject({ state: 'cameraOffline', fault: 'noKeyFrame' });
  });

  test('does not say so of a camera whose key frame is being masked for the first time', async () => {
    const { supervisor, played, measure, lose } = supervise();
    measure.isMaskingStarting = true;
    played.isFlowing = true;
    await vi.advanceTimersByTimeAsync(31_000);
    expect(supervisor.health).toMatchObject({ state: 'waitingForKeyFrame' });
    lose(new CameraError('maskFailed'));
    await vi.advanceTimersByTimeAsync(10);
    expect(supervisor.health).toMatchObject({ state: 'cameraOffline', fault: 'maskFailed' });
  });

  test('a stream with B-frames is degraded, and flows', async () => {
    const { supervisor, measure, goLive, played } = supervise();
    await goLive();
    measure.hasBFrames = true;
    await vi.advanceTimersByTimeAsync(200);
    expect(supervisor.health).toMatchObject({ state: 'degraded', fault: 'bFrames' });
    supervisor.requestKeyFrame();
    expect(played).toMatchObject({ closed: 0, keyFrameRequests: 1 });
  });

  test('a camera that answers and sends nothing stays offline while it is tried', async () => {
    const { seen, supervisor } = supervise();
    await vi.advanceTimersByTimeAsync(30_000);
    expect([...new Set(seen.map(stateOf))]).toEqual(['connecting', 'cameraOffline']);
    expect(supervisor.health).toMatchObject({ fault: 'noPackets' });
  });

  test('closes while it runs, while it waits, and twice', async () => {
    const running = supervise();
    await running.goLive();
    await running.supervisor.close();
    await running.supervisor.close();
    expect(running.supervisor.health).toEqual({ state: 'idle' });
    expect(running.played.closed).toBe(1);
    const waiting = supervise(() => new CameraError('notFound'));
    await vi.advanceTimersByTimeAsync(10);
    await waiting.supervisor.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(waiting.attemptsAtMs).toEqual([expect.any(Number)]);
  });
});
