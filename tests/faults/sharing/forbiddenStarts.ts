import { randomUUID } from 'node:crypto';
import { waitFor } from '../../media/relay/support/waitFor.ts';
import type { Random } from '../signalling/Random.ts';
import { askStart, askStop, taken } from './askRelay.ts';
import { count } from './count.ts';
import type { ForbiddenWay } from './ForbiddenWay.ts';
import { forbiddenWays } from './forbiddenWays.ts';
import { ServerSocket } from './ServerSocket.ts';
import type { SharingStage } from './SharingStage.ts';
import { always, plainRule } from './sharingRules.ts';

export interface ForbiddenReport {
  readonly cases: number;
  /** How often each way was tried, and what the relay answered. */
  readonly ways: Map<string, number>;
  readonly answers: Map<string, number>;
  /** In words: what the relay did although its owner's word, or the grant, is against it. */
  readonly findings: string[];
  /** Datagrams that came to the server's socket, of any kind; and pulls of the camera. */
  packets: number;
  pulls: number;
  /** Of the same camera, asked for in the same way, when it is shared at the end: the way itself works. */
  packetsWhenShared: number;
}

/** What a shared camera sends within a second or two. */
const packetsThatShow = 60;

/** The server asks for what it may not have, in every way and each in the forms that a seed decides. */
export async function forbiddenStarts(stage: SharingStage, random: Random, cases: number): Promise<ForbiddenReport> {
  const report: ForbiddenReport = {
    cases,
    ways: new Map(),
    answers: new Map(),
    findings: [],
    packets: 0,
    pulls: 0,
    packetsWhenShared: 0,
  };
  const socket = await ServerSocket.open();
  try {
    const [camera, unnamed, shared] = [
      await stage.addCamera(),
      await stage.addCamera(),
      await stage.addCamera('shared'),
    ];
    const first = stage.sign({ [camera]: always, [unnamed]: always, [shared]: always }, always);
    await stage.offer(first);
    const pullsBefore = stage.pulls;
    const parts = { stage, random, socket, camera, unnamed, shared, first };
    const chosen = Array.from({ length: cases }, (_, at) => forbiddenWays[at % forbiddenWays.length] as ForbiddenWay);
    const isLater = ({ during }: ForbiddenWay) => during === 'testAlert';
    for (const [at, way] of chosen.filter((way) => !isLater(way)).entries()) await tryWay(way, at, parts, report);
    const later = chosen.filter(isLater);
    if (later.length > 0) await untilTestRuns(stage);
    for (const [at, way] of later.entries()) await tryWay(way, cases - later.length + at, parts, report);
    if (later.length > 0) await stage.order('end');
    report.pulls = stage.pulls - pullsBefore;
    report.packetsWhenShared = await packetsWhenShared(stage, camera);
    // What was on its way has come while others flowed.
    report.packets = socket.arrivals.length;
    return report;
  } finally {
    socket.close();
  }
}

async function tryWay(
  way: ForbiddenWay,
  at: number,
  parts: Parameters<ForbiddenWay['ask']>[0],
  report: ForbiddenReport,
): Promise<void> {
  const { arrivals } = parts.socket;
  const before = arrivals.length;
  const answers = await way.ask(parts);
  count(report.ways, way.name);
  for (const answer of answers) {
    count(report.answers, answer);
    if (!way.refusals.includes(answer)) report.findings.push(`case ${at}: ${way.name}: answered ${answer}`);
  }
  if (arrivals.length > before) {
    report.findings.push(`case ${at}: ${way.name}: ${arrivals.length - before} packets came meanwhile`);
  }
}

/** A test opens nothing, and says itself when it would have. */
async function untilTestRuns(stage: SharingStage): Promise<void> {
  await stage.offer(stage.sign({}, plainRule('off')));
  await waitFor('the test alert is past arming', async () => (await stage.order('test')).stage === 'sharing');
}

async function packetsWhenShared(stage: SharingStage, camera: string): Promise<number> {
  const socket = await ServerSocket.open();
  try {
    await stage.offer(stage.sign({ [camera]: always }, plainRule('off')));
    const streamId = randomUUID();
    const grants = [stage.relay.server.signGrant(camera)];
    const answer = await askStart(stage, socket, { cameraId: camera, grants, streamId });
    if (answer !== taken) throw new Error(`The camera was refused when it was shared: ${answer}.`);
    await waitFor('packets of what is shared', () => socket.arrivals.length >= packetsThatShow);
    await askStop(stage, streamId);
    return socket.arrivals.length;
  } finally {
    socket.close();
  }
}
