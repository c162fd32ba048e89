// One account that sends as much as it is told to, in a process of its own. Its only argument is what it knows, as JSON;
// then one flood a line on stdin, `<messages a second> <seconds>`, answered with what came of it as JSON.
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignalingProbe } from '../../../support/SignalingProbe.ts';
import { until } from '../../../training/until.ts';

export interface Flooder {
  url: string;
  /** Sessions of the one account. */
  cookies: string[];
  wallId: string;
}

const socketsOfEach = 6;
const tickMs = 10;
const answerTimeoutMs = 20_000;
/** One in so many goes over HTTP, as long as not too many are under way there. */
const oneInHttp = 5;
const mostHttpUnderWay = 200;

const flooder = JSON.parse(process.argv[2] ?? '') as Flooder;
const agent = new Agent({ keepAlive: true, maxSockets: mostHttpUnderWay });
let counts: Record<string, number> = {};
let httpUnderWay = 0;
let socketUnderWay = 0;
let probes: { cookie: string; probe: SignalingProbe }[] = [];

const note = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);

/** Some of them are what any client sends, the others are nothing at all. */
const messages: readonly (readonly [name: string, payload: unknown])[] = [
  ['clock:read', {}],
  ['wall:setLayout', { wallId: flooder.wallId, screen: 1, layout: '9' }],
  ['wall:setLayout', { wallId: flooder.wallId, screen: 1, layout: '4' }],
  ['wall:join', { wallId: flooder.wallId, screen: 1 }],
  ['wall:join', { wallId: 7 }],
  ['viewing:supervise', {}],
  ['no:such', { filler: 'x'.repeat(2_000) }],
  ['clock:read', [[[[]]]]],
];
const paths = ['/api/walls', '/api/cameras', '/api/me', '/api/incidents', '/api/nothing', '/api/grants'];

function sendHttp(index: number): void {
  httpUnderWay += 1;
  const headers = { cookie: flooder.cookies[index % flooder.cookies.length], origin: flooder.url };
  const path = paths[index % paths.length];
  const { port } = new URL(flooder.url);
  const over = (outcome: string) => {
    httpUnderWay -= 1;
    note(`HTTP ${outcome}`);
  };
  const asked = request({ host: '127.0.0.1', port, path, headers, agent }, (answer) => {
    answer.resume().once('close', () => over(String(answer.statusCode)));
  });
  asked.once('error', () => over('broken'));
  asked.end();
}

function sendOnSocket(index: number): void {
  const chosen = probes[index % probes.length];
  const [name, payload] = messages[index % messages.length] ?? ['clock:read', {}];
  if (chosen?.probe.socket.connected !== true) return note('socket: not connected');
  socketUnderWay += 1;
  const over = (error: Error | null, answer?: { ok: boolean; error?: { code: string } }): void => {
    socketUnderWay -= 1;
    if (error !== null) note('socket: not answered');
    else note(`socket: ${answer?.ok === true ? 'served' : (answer?.error?.code ?? 'nothing')}`);
  };
  chosen.probe.socket.timeout(answerTimeoutMs).emit(name, payload, over);
}

/** Dials whatever is not connected, or not any more. */
async function dialMissing(): Promise<void> {
  probes = probes.filter(({ probe }) => probe.socket.connected);
  const missing = flooder.cookies.flatMap((cookie) => {
    const connected = probes.filter((one) => one.cookie === cookie).length;
    return Array<string>(socketsOfEach - connected).fill(cookie);
  });
  const dialled = missing.map(async (cookie) => {
    const probe = await SignalingProbe.connect(flooder.url, cookie).catch(() => null);
    note(probe === null ? 'connection refused' : 'connection opened');
    if (probe !== null) probes.push({ cookie, probe });
  });
  await Promise.all(dialled);
}

async function keepDialling(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(200);
    await dialMissing();
  }
}

async function flood(perSecond: number, seconds: number): Promise<Record<string, number>> {
  counts = {};
  await dialMissing();
  const over = new AbortController();
  const dialling = keepDialling(over.signal);
  const startedAtMs = performance.now();
  let sent = 0;
  for (let now = startedAtMs; now < startedAtMs + seconds * 1000; now = performance.now()) {
    const due = ((now - startedAtMs) / 1000) * perSecond;
    for (; sent < due; sent += 1) {
      if (sent % oneInHttp !== 0) sendOnSocket(sent);
      else if (httpUnderWay < mostHttpUnderWay) sendHttp(sent);
      else note('HTTP held back: too many under way');
    }
    await sleep(tickMs);
  }
  over.abort();
  await dialling;
  await until(() => httpUnderWay + socketUnderWay === 0, { timeoutMs: answerTimeoutMs });
  return { ...counts, sent };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [perSecond = 0, seconds = 0] = line.split(' ').map(Number);
  process.stdout.write(`${JSON.stringify(await flood(perSecond, seconds))}\n`);
}
process.exit(0);
