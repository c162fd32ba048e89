import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { LineProcess } from './LineProcess.ts';

const streamsSchema = z.array(
  z.object({
    source: z.int(),
    destination: z.int(),
    ssrc: z.int(),
    payloadType: z.int(),
    firstAtMs: z.number(),
    lastAtMs: z.number(),
    packets: z.int(),
  }),
);

/** One stream of RTP packets between two ports, as it went over the loopback interface. */
export type SeenStream = z.infer<typeof streamsSchema>[number];

/** What goes over the loopback interface while it runs; needs root. */
export class PacketCapture {
  readonly #process: LineProcess;

  private constructor(process: LineProcess) {
    this.#process = process;
  }

  static async start(): Promise<PacketCapture> {
    const capturing = LineProcess.start('python3', [fileURLToPath(new URL('capture.py', import.meta.url))]);
    await capturing.read();
    return new PacketCapture(capturing);
  }

  /** What went by while `act` ran. */
  static async during(act: () => Promise<void>): Promise<SeenStream[]> {
    const capture = await PacketCapture.start();
    try {
      await act();
      return await capture.read();
    } finally {
      await capture.close();
    }
  }

  /** Everything since the start, or since it was forgotten. */
  async read(): Promise<SeenStream[]> {
    return streamsSchema.parse(JSON.parse(await this.#process.ask('read')));
  }

  async forget(): Promise<void> {
    await this.#process.ask('forget');
  }

  async close(): Promise<void> {
    await this.#process.close();
  }
}
