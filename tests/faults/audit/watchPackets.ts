import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { launchBrowser, openSignedIn } from '../../support/browser/launchBrowser.ts';
import { type RunningStack } from '../../training/startStack.ts';
import type { AuditDatabase } from './AuditDatabase.ts';
import { probationSsrc } from '../../support/RawViewer.ts';
import { PacketCapture, type SeenStream } from './PacketCapture.ts';

/** Ports for uplinks of one stack alone, as other stacks may run on this machine: what comes from its relay goes there. */
export interface UplinkPorts {
  first: number;
  last: number;
}

/** How long a wall may try in vain while no line can be written. */
const refusedForMs = 15_000;

export interface PacketReport {
  /** Viewings whose line was refused. Without any, the wall has not asked and nothing is proved. */
  refusals: number;
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
 * interface meanwhile. The stack's server works on `database`.
 */
export async function watchPackets(
  stack: RunningStack,
  uplinkPorts: UplinkPorts,
  database: AuditDatabase,
): Promise<PacketReport> {
  const user = stack.users.find(({ role }) => role === 'analyst');
  if (user === undefined) throw new Error('The training city has no analyst.');
  const firstPort = await webRtcPortOf(stack.pids.sfu ?? 0);
  const isToBrowser = ({ source }: SeenStream) => source >= firstPort && source < firstPort + 16;
  const isUplink = ({ destination }: SeenStream) => destination >= uplinkPorts.first && destination <= uplinkPorts.last;

  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await database.refuseViewings();
    const refused = await PacketCapture.during(async () => {
      await openSignedIn(page, stack.wallUrl, user);
      await wait(refusedForMs);
    });
    const refusals = await database.acceptViewings();
    const written = await PacketCapture.during(async () => {
      await page.reload();
      await page.locator('[data-testid="tile"][data-state="live"]').nth(8).waitFor({ timeout: 120_000 });
    });

    const commits = await database.commits();
    const shown = written.filter(isToBrowser).sort((a, b) => a.firstAtMs - b.firstAtMs);
    const uplinks = written.filter(isUplink).sort((a, b) => a.firstAtMs - b.firstAtMs);
    // Lost packets are sent again as a stream of their own, with the next payload type.
    const types = new Set(shown.map(({ payloadType }) => payloadType));
    const media = shown.filter(({ payloadType, ssrc }) => ssrc !== probationSsrc && !types.has(payloadType - 1));
    return {
      refusals,
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

/** What its process was told. */
async function webRtcPortOf(pid: number): Promise<number> {
  const environment = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
  return Number(environment.find((line) => line.startsWith('SFU_WEBRTC_PORT='))?.split('=')[1]);
}
