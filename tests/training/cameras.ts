// Command-line entry point: the cameras of the training city on one RTSP port.
import { z } from 'zod';
import { ensureClips } from '../support/camera-simulator/clips.ts';
import { startSimulator } from '../support/camera-simulator/startSimulator.ts';
import { TRAINING_CAMERA_NAMES } from './cameraNames.ts';

const settingsSchema = z.object({
  CAMERAS_HOST: z.string().default('127.0.0.1'),
  CAMERAS_PORT: z.coerce.number().int().min(0).max(65_535).default(8654),
  CAMERAS_COUNT: z.coerce.number().int().min(1).max(500).default(TRAINING_CAMERA_NAMES.length),
  /** Left out, the cameras ask for none. */
  CAMERAS_PASSWORD: z.string().optional(),
});

const settings = settingsSchema.safeParse(process.env);
if (!settings.success) {
  process.stderr.write(`The settings of the training cameras are wrong: ${z.prettifyError(settings.error)}\n`);
  process.exit(1);
}
const { CAMERAS_HOST: host, CAMERAS_PORT: port, CAMERAS_COUNT: count, CAMERAS_PASSWORD: password } = settings.data;

async function run(): Promise<void> {
  await ensureClips({
    scenes: TRAINING_CAMERA_NAMES.slice(0, count).map((_, index) => index + 1),
  });
  const simulator = await startSimulator({
    host,
    port,
    cameras: Array.from({ length: count }, (_, index) => ({
      name: `cam${index + 1}`,
      title: TRAINING_CAMERA_NAMES[index] ?? `Camera ${index + 1}`,
      ...(password === undefined
        ? {}
        : { auth: { username: 'viewer', password, schemes: ['digest-sha-256', 'digest-md5'] as const } }),
    })),
  });
  const stop = (): void => {
    void simulator.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ ready: true, port: simulator.port })}\n`);
}

try {
  await run();
} catch (error) {
  const isPortTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const reason = isPortTaken ? `port ${port} is taken` : error instanceof Error ? error.message : String(error);
  process.stderr.write(`The training cameras cannot start: ${reason}.\n`);
  process.exit(1);
}
