import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { launchBrowser, openSignedIn } from '../../support/browser/launchBrowser.ts';
import { type RunningStack } from '../../training/startStack.ts';
import { LineProcess } from './LineProcess.ts';

const streamsSchema = z.array(
  z.object({
    source: z.int(),
    destination: z.int(),
    ssrc: z.int(),
    payloadType: z.int(),
    firstAtMs: z.number(),
    packets: z.int(),
  }),
);

type SeenStream = z.infer<typeof streamsSchema>[number];

/** Ports for uplinks of one stack alone, as other stacks may run on this machine: what comes from its relay goes there. */
export interface UplinkPorts {
  first: number;
  last: number;
}

/** mediasoup's own stream of padding, with which it measures the way to a browser; it carries no picture. */
const probationSsrc = 1234;

/** How long a wall may try in vain while no line can be written. */
const refusedForMs = 15_000;

export interface PacketReport {
  /** RTP packets that reached the browser or the SFU host while no line of a viewing could be written. */
  packetsWhileRefused: number;
  /** Streams to the browser that were seen, and lines of viewings that were committed. */
  streams: number;
  lines: number;
  /** From the commit of the first line to the first packet of an uplink, and to the first to the browser. */
  commitToUplinkMs: number;
  commitToBrowserMs: number;
  /** Streams to the browser that were there before as many lines were. */
  early: number;
}

/**
 * Opens the training wall while lines of viewings are refused, then while they are written, and captures the loopback
 * interface meanwhile. `database` is `server/scripts/auditDatabase.ts`, which the stack's server works on.
 */
export async function watchPackets(
  stack: RunningStack,
  uplinkPorts: UplinkPorts,
  database: LineProcess,
): Promise<PacketReport> {
  const user = stack.users.find(({ role }) => role === 'analyst');
  if (user === undefined) throw new Error('The training city has no analyst.');
  const firstPort = await webRtcPortOf(stack.pids.sfu ?? 0);
  const isToBrowser = ({ source }: SeenStream) => source >= firstPort && source < firstPort + 16;
  const isUplink = ({ destination }: SeenStream) => destination >= uplinkPorts.first && destination <= uplinkPorts.last;

  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await database.ask('refuse');
    const refused = await capture(async () => {
      await openSignedIn(page, stack.wallUrl, user);
      await wait(refusedForMs);
    });
    await database.ask('accept');
    const written = await capture(async () => {
      await page.reload();
      await page.locator('[data-testid="tile"][data-state="live"]').nth(8).waitFor({ timeout: 120_000 });
    });

    const commits = z.array(z.number()).parse(JSON.parse(await database.ask('commits')));
    const shown = written.filter(isToBrowser).sort((a, b) => a.firstAtMs - b.firstAtMs);
    const uplinks = written.filter(isUplink).sort((a, b) => a.firstAtMs - b.firstAtMs);
    // Lost packets are sent again as a stream of their own, with the next payload type.
    const types = new Set(shown.map(({ payloadType }) => payloadType));
    const media = shown.filter(({ payloadType, ssrc }) => ssrc !== probationSsrc && !types.has(payloadType - 1));
    return {
      packetsWhileRefused: refused
        .filter((stream) => isToBrowser(stream) || isUplink(stream))
        .reduce((sum, { packets }) => sum + packets, 0),
      streams: media.length,
      lines: commits.length,
      commitToUplinkMs: (uplinks[0]?.firstAtMs ?? Number.NaN) - (commits[0] ?? Number.NaN),
      commitToBrowserMs: (shown[0]?.firstAtMs ?? Number.NaN) - (commits[0] ?? Number.NaN),
      early: media.filter(({ firstAtMs }, at) => !((commits[at] ?? Number.POSITIVE_INFINITY) < firstAtMs)).length,
    };
  } finally {
    await browser.close();
  }
}

async function capture(act: () => Promise<void>): Promise<SeenStream[]> {
  const program = fileURLToPath(new URL('capture.py', import.meta.url));
  const capturing = LineProcess.start('python3', [program]);
  try {
    await capturing.read();
    await act();
    capturing.end();
    return streamsSchema.parse(JSON.parse(await capturing.read()));
  } finally {
    await capturing.close();
  }
}

/** What its process was told. */
async function webRtcPortOf(pid: number): Promise<number> {
  const environment = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
  return Number(environment.find((line) => line.startsWith('SFU_WEBRTC_PORT='))?.split('=')[1]);
}
