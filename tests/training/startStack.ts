import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { claimDataFolder } from './dataFolder.ts';
import { assertPortFree, freePort, freePortBlock, freePortNear } from './ports.ts';
import { type ProcessName, planProcesses } from './planProcesses.ts';
import { ensureEnrolled, writeRelayCameras } from './relaySetup.ts';
import { createServerApi } from './serverApi.ts';
import type { ProcessPlan } from './SupervisedProcess.ts';
import { Stack } from './Stack.ts';
import { readTraining, type Training } from './trainingFile.ts';

export interface StackOptions {
  /** Logs go to `logs/` in it, data to `data/` in it unless `dataFolder` is given. */
  folder: string;
  dataFolder?: string | undefined;
  /** The built client to serve. */
  clientFolder: string;
  host?: string | undefined;
  /** Left out: any free port. */
  port?: number | undefined;
  /** The address that browsers use, when it is not `http://localhost:<port>`. */
  publicUrl?: string | undefined;
  cameraCount?: number;
  /** The relay asks its cameras now and then by itself. Left out: it does not, as tests and figures want it. */
  areCamerasChecked?: boolean;
  /** Redis and the server alone: whoever plays the SFU host and the relay dials in by itself. */
  isServerAlone?: boolean;
  /** More settings for every process, such as LOG_LEVEL. */
  env?: NodeJS.ProcessEnv;
  progress?: (line: string) => void;
  /** Called whenever a process has got a new pid after the start. */
  onPidsChanged?: () => void;
  signal?: AbortSignal;
}

export interface RunningStack {
  url: string;
  wallUrl: string;
  users: Training['users'];
  training: Training;
  /** Ports of the processes, for tests that go in by another door. */
  camerasPort: number;
  cameraPassword: string;
  redisUrl: string;
  /** What an SFU host proves itself with. */
  linkSecret: string;
  readonly pids: Partial<Record<ProcessName, number>>;
  /** Kills a process as a fault would; it is started again. Resolves when it has ended. */
  kill(name: ProcessName, signal?: NodeJS.Signals): Promise<void>;
  stop(name: ProcessName, signal?: NodeJS.Signals): Promise<void>;
  start(name: ProcessName): Promise<void>;
  whenReady(name: ProcessName, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

const preferredCamerasPort = 8654;
const webRtcPort = 44_400;

/** Stacks of tests begin far from each other, so that two that start at once do not choose the same ports. */
function anyWebRtcPort(): number {
  return webRtcPort + randomInt(900) * 16;
}

/**
 * Starts the training city as a whole, each process as in production, and resolves when a camera's stream could be
 * opened. What it needs from the machine must be there (`prepare()`). Whatever fails, nothing stays running.
 */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const { host = '127.0.0.1', progress = () => {}, signal } = options;
  if (options.port !== undefined) await assertPortFree(options.port, host);
  const dataFolder = options.dataFolder ?? join(options.folder, 'data');
  const lock = await claimDataFolder(dataFolder);
  let isStarted = false;
  const stack = new Stack<ProcessName>({
    progress,
    started: () => {
      if (isStarted) options.onPidsChanged?.();
    },
  });
  const close = async (): Promise<void> => {
    await stack.close();
    await lock.release();
  };
  try {
    const started = await startProcesses(stack, { ...options, host, progress, dataFolder });
    signal?.throwIfAborted();
    isStarted = true;
    return {
      ...started,
      get pids() {
        return stack.pids;
      },
      kill: (name, killSignal) => stack.kill(name, killSignal),
      stop: (name, signal) => stack.stop(name, signal),
      start: (name) => stack.start(name),
      whenReady: (name, timeoutMs) => stack.whenReady(name, timeoutMs),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type StartOptions = StackOptions & { host: string; dataFolder: string; progress: (line: string) => void };
type Started = Omit<RunningStack, 'pids' | 'kill' | 'stop' | 'start' | 'whenReady' | 'close'>;

async function startProcesses(stack: Stack<ProcessName>, options: StartOptions): Promise<Started> {
  const { host, dataFolder, progress, signal } = options;
  const port = options.port ?? (await freePort(host));
  const localHost = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const serverUrl = `http://${localHost}:${port}`;
  const url = options.publicUrl ?? `http://localhost:${port}`;
  const workerCount = Number(options.env?.['SFU_WORKERS'] ?? availableParallelism());
  const api = createServerApi(serverUrl, new URL(url).origin);
  const settings = {
    logFolder: join(options.folder, 'logs'),
    dataFolder,
    clientFolder: options.clientFolder,
    env: options.env ?? process.env,
    api,
    host,
    port,
    publicUrl: url,
    serverUrl,
    workerCount,
    camerasPort: await freePortNear(preferredCamerasPort),
    cameraCount: options.cameraCount ?? 16,
    cameraPassword: randomBytes(18).toString('base64url'),
    areCamerasChecked: options.areCamerasChecked ?? false,
    redisPort: await freePort(),
    redisPassword: randomBytes(18).toString('base64url'),
    linkSecret: randomBytes(32).toString('base64url'),
  };
  const plans = planProcesses(settings);
  await setLogsAside(settings.logFolder);
  await mkdir(plans.redisFolder, { recursive: true, mode: 0o700 });
  await plans.writeRedisSettings();
  const start = async (plan: ProcessPlan & { name: ProcessName; title: string }): Promise<void> => {
    progress(`Starting ${plan.title}.`);
    await stack.add(plan, signal);
  };
  await start(plans.redis);
  await start(plans.server);
  const training = await readTraining(join(plans.serverFolder, 'training.json'));
  if (options.isServerAlone !== true) await startMedia();
  return {
    url,
    wallUrl: new URL(`/wall/${training.wallId}`, url).href,
    users: training.users,
    training,
    camerasPort: settings.camerasPort,
    cameraPassword: settings.cameraPassword,
    redisUrl: plans.redisUrl,
    linkSecret: settings.linkSecret,
  };

  async function startMedia(): Promise<void> {
    // Asked for only now, as another stack on this machine may have taken some while the server started.
    await start(plans.sfu(await freePortBlock(options.port === undefined ? anyWebRtcPort() : webRtcPort, workerCount)));
    await start(plans.cameras);
    const administrator = training.users.find(({ role }) => role === 'administrator');
    if (!administrator) throw new Error('training.json names no administrator.');
    await ensureEnrolled({
      folder: plans.relayFolder,
      serverUrl,
      env: settings.env,
      signal,
      createCode: () => api.createEnrolmentCode(administrator, training.siteId),
    });
    await writeRelayCameras(plans.relayFolder, training.cameras, {
      port: settings.camerasPort,
      password: settings.cameraPassword,
    });
    await start(plans.relay);
  }
}

/** Each start has logs of its own, and those of the one before stay for whoever asks what went wrong. */
async function setLogsAside(folder: string): Promise<void> {
  const previous = join(folder, 'previous');
  await rm(previous, { recursive: true, force: true });
  await mkdir(previous, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name.endsWith('.log')) await rename(join(folder, name), join(previous, name));
  }
}
