import type { SharingMode } from '@commonsight/types/relay/sharing';
import type { Random } from '../signalling/Random.ts';
import { askOffer, taken } from './askRelay.ts';
import { count } from './count.ts';
import { hostileDocuments } from './hostileDocuments.ts';
import { canonical, OwnerDevice } from './OwnerDevice.ts';
import type { SharingStage } from './SharingStage.ts';
import { plainRule } from './sharingRules.ts';

export interface DocumentsReport {
  readonly documents: number;
  /** How often each kind was handed over, and what the relay answered. */
  readonly kinds: Map<string, number>;
  readonly answers: Map<string, number>;
  /** Times that two devices offered a document with the same version at once. */
  rounds: number;
  readonly findings: string[];
}

const modes: readonly SharingMode[] = ['always', 'onAlert', 'recordedOnly', 'off'];
const refusals = ['notPermitted', 'conflict', 'badRequest'];
/** After so many hostile documents the two devices edit once. */
const documentsPerRound = 10;

/**
 * Forged, replayed, older and foreign documents, of which none may change a byte of what is in force; and between them two
 * devices of the owner's that edit at once, of which one is taken, the other one is told, and nothing is lost silently.
 */
export async function tryDocuments(stage: SharingStage, random: Random, documents: number): Promise<DocumentsReport> {
  const report: DocumentsReport = { documents, kinds: new Map(), answers: new Map(), rounds: 0, findings: [] };
  const camera = await stage.addCamera();
  const another = new OwnerDevice();
  await stage.pair(another);
  const older = stage.sign({}, plainRule('always'));
  await stage.offer(older);
  const kinds = Object.entries(hostileDocuments);
  for (let at = 0; at < documents; at += 1) {
    const [kind, make] = kinds[at % kinds.length] ?? throwNone();
    const document = stage.documentOf({ [camera]: plainRule(random.pick(modes)) }, plainRule('off'));
    const signed = random.pick([stage.owner, another]).seal(Buffer.from(canonical(document)));
    await stage.offer(signed);
    const before = await stage.inForce();
    const hostile = make({ stage, random, cameraIds: [camera], inForce: { document, signed }, older });
    const answer = await askOffer(stage, hostile);
    count(report.kinds, kind);
    count(report.answers, answer);
    if (!refusals.includes(answer)) report.findings.push(`document ${at}: ${kind}: answered ${answer}`);
    if ((await stage.inForce()) !== before) report.findings.push(`document ${at}: ${kind}: changed what is in force`);
    if (at % documentsPerRound === 0) await editAtOnce(stage, random, { camera, another }, report);
  }
  return report;
}

/** Both begin from the same document; who is refused makes the change again on top of the other one's, as the page does. */
async function editAtOnce(
  stage: SharingStage,
  random: Random,
  { camera, another }: { camera: string; another: OwnerDevice },
  report: DocumentsReport,
): Promise<void> {
  report.rounds += 1;
  const round = `round ${report.rounds}`;
  const { version } = stage.documentOf({}, plainRule('off'));
  const edits = [stage.owner, another].map((device, index) => {
    // A date that is over says whose change it is.
    const dates = [{ date: `2020-01-0${index + 1}`, mode: 'off' as const }];
    const rule = { ...plainRule(random.pick(modes)), dates };
    const document = stage.documentOf({ [camera]: rule }, plainRule('off'), { version });
    return { device, document, signed: device.seal(Buffer.from(canonical(document))) };
  });
  const ordered = random.happens(0.5) ? edits : edits.toReversed();
  const answers = await Promise.all(ordered.map(({ signed }) => askOffer(stage, signed)));
  const winner = ordered.find((_, index) => answers[index] === taken);
  const loser = ordered.find((_, index) => answers[index] === 'conflict');
  if (winner === undefined || loser === undefined) {
    report.findings.push(`${round}: answered ${answers.join(' and ')} in place of taken and conflict`);
    return;
  }
  if (!(await isInForce(stage, winner.signed))) report.findings.push(`${round}: what was taken is not in force`);
  const again = { ...loser.document, ...versionOf(stage) };
  const signed = loser.device.seal(Buffer.from(canonical(again)));
  const answer = await askOffer(stage, signed);
  if (answer !== taken) report.findings.push(`${round}: the second device was refused again: ${answer}`);
  else if (!(await isInForce(stage, signed))) report.findings.push(`${round}: the second change is not in force`);
}

const versionOf = (stage: SharingStage) => ({ version: stage.documentOf({}, plainRule('off')).version });

async function isInForce(stage: SharingStage, signed: unknown): Promise<boolean> {
  return JSON.stringify(JSON.parse(await stage.inForce())) === JSON.stringify(signed);
}

function throwNone(): never {
  throw new Error('There are no hostile documents.');
}
