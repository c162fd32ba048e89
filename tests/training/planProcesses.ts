import { join } from 'node:path';
import { checkoutFolder } from './folders.ts';
import { writePrivateFile } from './privateFile.ts';
import { redisAnswers, rtspAnswers } from './readiness.ts';
import { relayProgram } from './relaySetup.ts';
import type { ServerApi } from './serverApi.ts';
import type { ProcessPlan } from './SupervisedProcess.ts';

export type ProcessName = 'redis' | 'server' | 'sfu' | 'cameras' | 'relay';

export interface StackSettings {
  logFolder: string;
  dataFolder: string;
  clientFolder: string;
  /** For every process. */
  env: NodeJS.ProcessEnv;
  api: ServerApi;
  host: string;
  port: number;
  publicUrl: string;
  serverUrl: string;
  workerCount: number;
  camerasPort: number;
  cameraCount: number;
  cameraPassword: string;
  areCamerasChecked: boolean;
  redisPort: number;
  redisPassword: string;
  linkSecret: string;
}

type Plan = ProcessPlan & { name: ProcessName; title: string };

export interface ProcessPlans extends Record<Exclude<ProcessName, 'sfu'>, Plan> {
  /** Browsers reach worker i on this port plus i. */
  sfu(webRtcPort: number): Plan;
  serverFolder: string;
  relayFolder: string;
  redisFolder: string;
  redisUrl: string;
  writeRedisSettings(): Promise<void>;
}

/** How each process of the training city is started, and how one sees that it is ready. */
export function planProcesses(settings: StackSettings): ProcessPlans {
  const { dataFolder, api, camerasPort, redisPort, redisPassword } = settings;
  const serverFolder = join(dataFolder, 'server');
  const relayFolder = join(dataFolder, 'relay');
  const redisFolder = join(dataFolder, 'redis');
  const redisFile = join(dataFolder, 'redis.conf');
  const redisUrl = `redis://:${redisPassword}@127.0.0.1:${redisPort}`;

  const plan = (
    name: ProcessName,
    title: string,
    rest: Pick<Plan, 'program' | 'args' | 'isReady'>,
    env = {},
  ): Plan => ({
    name,
    title,
    ...rest,
    env: { ...settings.env, ...env },
    logFile: join(settings.logFolder, `${name}.log`),
    // One that fails ends and is told at once; this is only for machines that are slow or busy.
    readyTimeoutMs: 180_000,
    stopGraceMs: 8_000,
  });
  const node = (...args: string[]) => ({ program: process.execPath, args });

  return {
    serverFolder,
    relayFolder,
    redisFolder,
    redisUrl,
    writeRedisSettings: () => writePrivateFile(redisFile, redisSettings(redisPort, redisPassword, redisFolder)),
    redis: plan('redis', 'Redis', {
      program: 'redis-server',
      args: [redisFile],
      isReady: () => redisAnswers(redisPort, redisPassword),
    }),
    server: plan(
      'server',
      'the server',
      {
        ...node(join(checkoutFolder, 'server/src/main.ts')),
        async isReady() {
          const { database, redis } = await api.health();
          return database === 'up' && redis === 'up';
        },
      },
      {
        HOST: settings.host,
        PORT: String(settings.port),
        PUBLIC_URL: settings.publicUrl,
        DATA_DIR: serverFolder,
        REDIS_URL: redisUrl,
        SFU_LINK_SECRET: settings.linkSecret,
        CLIENT_DIR: settings.clientFolder,
        TRAINING_CITY: 'on',
        TRANSPARENCY_DELAY_DAYS: '0',
        PUSH_ALLOW_LOOPBACK: 'on',
      },
    ),
    sfu: (webRtcPort) =>
      plan(
        'sfu',
        'the SFU host',
        {
          ...node(join(checkoutFolder, 'sfu/src/main.ts')),
          isReady: async () => (await api.health()).sfu.isConnected,
        },
        {
          SERVER_URL: settings.serverUrl,
          SFU_LINK_SECRET: settings.linkSecret,
          SFU_WEBRTC_PORT: String(webRtcPort),
          SFU_WORKERS: String(settings.workerCount),
        },
      ),
    cameras: plan(
      'cameras',
      `${settings.cameraCount} training cameras`,
      { ...node(join(checkoutFolder, 'tests/training/cameras.ts')), isReady: () => rtspAnswers(camerasPort) },
      {
        CAMERAS_PORT: String(camerasPort),
        CAMERAS_COUNT: String(settings.cameraCount),
        CAMERAS_PASSWORD: settings.cameraPassword,
      },
    ),
    relay: plan(
      'relay',
      'the relay',
      {
        ...node(relayProgram, 'run', '--folder', relayFolder),
        isReady: async () => (await api.health()).relays.online > 0,
      },
      // The training cameras stand on this machine, where a relay at a real site has no business.
      {
        RELAY_ALLOW_LOOPBACK_CAMERAS: 'on',
        ...(settings.areCamerasChecked ? {} : { RELAY_CAMERA_CHECK_SECONDS: '0' }),
      },
    ),
  };
}

/** In a file and not on the command line, which every user of the machine can read. */
function redisSettings(port: number, password: string, folder: string): string {
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${folder}"`,
    'daemonize no',
    // Sessions and live walls survive a restart up to the last second. Records are never here, so no snapshots.
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
  ];
  return `${lines.join('\n')}\n`;
}
