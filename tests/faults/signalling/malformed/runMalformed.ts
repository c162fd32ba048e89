import { generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Role } from '@commonsight/types/permission';
import { enrolResponseSchema } from '@commonsight/types/relay/enrolment';
import { LineProcess } from '../../audit/LineProcess.ts';
import { createServerApi } from '../../../training/serverApi.ts';
import { Bystander, type RoundTrips, workWhile } from '../Bystander.ts';
import type { ServerStage } from '../ServerStage.ts';
import type { Target } from './Attacker.ts';

export interface MalformedReport {
  messages: number;
  /** By way in and outcome. */
  counts: Record<string, number>;
  quiet: RoundTrips;
  attacked: RoundTrips;
  attackMs: number;
  memoryBefore: number;
  memoryAfter: number;
  /** Whether it is the same process that was there at the start. */
  isSameProcess: boolean;
  /** What the server gave up while it was attacked. */
  errorLines: string[];
}

const attackingRoles: readonly Role[] = ['analyst', 'supervisor', 'administrator', 'auditor'];
const sessionsOfEach = 3;
const portionMessages = 1_000;
const perSecond = 1_000;

/**
 * F17: sends malformed messages by every way in, in portions, and measures somebody else's round trips while it does and
 * in between, so that a machine that grows busy slows both.
 */
export async function runMalformed(
  stage: ServerStage,
  options: { messages: number; seed: number; progress?: (line: string) => void },
): Promise<MalformedReport> {
  const bystander = await Bystander.open(stage.url, await stage.signIn('dispatcher'));
  const program = fileURLToPath(new URL('attack.ts', import.meta.url));
  const attack = LineProcess.start(process.execPath, [program, JSON.stringify(await targetOf(stage))]);
  const report: MalformedReport = {
    messages: options.messages,
    counts: {},
    quiet: { clockMs: [], changeMs: [], failed: 0 },
    attacked: { clockMs: [], changeMs: [], failed: 0 },
    attackMs: 0,
    memoryBefore: 0,
    memoryAfter: 0,
    isSameProcess: false,
    errorLines: [],
  };
  try {
    const { pid } = stage;
    // The first portion is not measured: what the server makes once, such as compiled schemas and caches, is no leak.
    await attack.ask(`${options.seed} ${Math.min(200, options.messages)} ${perSecond}`);
    report.memoryBefore = await stage.memoryMegabytes();
    for (let sent = 0; sent < options.messages; sent += portionMessages) {
      const messages = Math.min(portionMessages, options.messages - sent);
      const startedAtMs = performance.now();
      const portion = workWhile(bystander, report.attacked, () =>
        attack.ask(`${options.seed + sent + 1_000} ${messages} ${perSecond}`),
      );
      add(report.counts, JSON.parse(await portion) as Record<string, number>);
      const tookMs = performance.now() - startedAtMs;
      report.attackMs += tookMs;
      await workWhile(bystander, report.quiet, () => new Promise((resolve) => void setTimeout(resolve, tookMs)));
      options.progress?.(`${sent + messages} of ${options.messages} malformed messages`);
    }
    report.memoryAfter = await stage.memoryMegabytes();
    report.isSameProcess = stage.pid === pid && bystander.isConnected;
    report.errorLines = await stage.errorLines();
    return report;
  } finally {
    bystander.close();
    await attack.close();
  }
}

function add(into: Record<string, number>, more: Record<string, number>): void {
  for (const [key, count] of Object.entries(more)) into[key] = (into[key] ?? 0) + count;
}

async function targetOf(stage: ServerStage): Promise<Target> {
  const { url } = stage;
  const cookies: string[] = [];
  for (const role of attackingRoles) {
    for (let count = 0; count < sessionsOfEach; count += 1) cookies.push(await stage.signIn(role));
  }
  return {
    url,
    port: Number(new URL(url).port),
    cookies,
    linkSecret: stage.stack.linkSecret,
    relay: await enrolRelay(stage),
  };
}

async function enrolRelay(stage: ServerStage): Promise<Target['relay']> {
  const api = createServerApi(stage.url, stage.url);
  const code = await api.createEnrolmentCode(stage.userOf('administrator'), stage.stack.training.siteId);
  const keys = generateKeyPairSync('ed25519');
  const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
  const answer = await fetch(`${stage.url}/api/relays/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: stage.url },
    body: JSON.stringify({ code, publicKey, name: 'Malformed' }),
  });
  const { relayId, serverPublicKey } = enrolResponseSchema.parse(await answer.json());
  const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  return { relayId, serverPublicKey, privateKey };
}
