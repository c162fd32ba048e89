// The attackers, in a process of their own: what they cost must not slow down whoever measures. Its only argument is the
// target as JSON. Then one portion a line on stdin, `<seed> <messages> <a second>`, answered with what came of it as JSON.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../Random.ts';
import type { Attacker, Target } from './Attacker.ts';
import { FrameAttacker } from './FrameAttacker.ts';
import { LinkAttacker } from './LinkAttacker.ts';
import { RequestAttacker } from './RequestAttacker.ts';
import { RouteAttacker } from './RouteAttacker.ts';
import { WireAttacker } from './WireAttacker.ts';

/** At once; whoever waits for an answer holds up one of these. */
const mostUnderWay = 48;
/** Longer than any wait of an attacker: what is not over by then has found a hole in the attacker or the server. */
const longestMs = 20_000;

const target = JSON.parse(process.argv[2] ?? '') as Target;
const attackers: [name: string, share: number, attacker: Attacker][] = [
  ['socket requests', 0.4, new RequestAttacker(target)],
  ['HTTP routes', 0.25, new RouteAttacker(target)],
  ['links of hosts and relays', 0.15, new LinkAttacker(target)],
  ['packets of socket.io', 0.1, new FrameAttacker(target)],
  ['bytes', 0.1, new WireAttacker(target)],
];

async function attackOnce(random: Random, counts: Record<string, number>): Promise<void> {
  let part = random.part();
  const chosen = attackers.find(([, share]) => (part -= share) < 0) ?? attackers[0];
  if (chosen === undefined) return;
  const [name, , attacker] = chosen;
  const outcome = await Promise.race([attacker.attack(random), sleep(longestMs, 'never over', { ref: false })]);
  const key = `${name}: ${outcome}`;
  counts[key] = (counts[key] ?? 0) + 1;
}

async function attackWith(seed: number, messages: number, perSecond: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const startedAtMs = performance.now();
  const running = new Set<Promise<void>>();
  for (let sent = 0; sent < messages; sent += 1) {
    const aheadMs = startedAtMs + (sent * 1000) / perSecond - performance.now();
    if (aheadMs > 5) await sleep(aheadMs);
    while (running.size >= mostUnderWay) await Promise.race(running);
    const one: Promise<void> = attackOnce(new Random(seed + sent), counts).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  return counts;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [seed = 0, messages = 0, perSecond = 1] = line.split(' ').map(Number);
  process.stdout.write(`${JSON.stringify(await attackWith(seed, messages, perSecond))}\n`);
}
for (const [, , attacker] of attackers) attacker.close();
process.exit(0);
