import { setTimeout as sleep } from 'node:timers/promises';
import { wallSchema } from '@commonsight/types/wall';
import { SignalingProbe } from '../../support/SignalingProbe.ts';

/** Round trips in ms, and how many requests were not served. */
export interface RoundTrips {
  clockMs: number[];
  changeMs: number[];
  failed: number;
}

const pauseMs = 15;

/** Somebody who goes on working while others misbehave: reads the clock and changes a wall of their own. */
export class Bystander {
  readonly #probe: SignalingProbe;
  readonly #wallId: string;

  private constructor(probe: SignalingProbe, wallId: string) {
    this.#probe = probe;
    this.#wallId = wallId;
  }

  static async open(url: string, cookie: string): Promise<Bystander> {
    const wall = await createWall(url, cookie);
    return new Bystander(await SignalingProbe.connect(url, cookie), wall);
  }

  /** One of each request after another until the signal says that it is enough. */
  async work(signal: AbortSignal, into: RoundTrips = { clockMs: [], changeMs: [], failed: 0 }): Promise<RoundTrips> {
    for (let turn = 0; !signal.aborted; turn += 1) {
      const layout = turn % 2 === 0 ? '9' : '4';
      const change = { wallId: this.#wallId, screen: 1, layout } as const;
      await time(into.clockMs, into, () => this.#probe.request('clock:read', {}));
      await time(into.changeMs, into, () => this.#probe.request('wall:setLayout', change));
      await sleep(pauseMs);
    }
    return into;
  }

  get isConnected(): boolean {
    return this.#probe.socket.connected;
  }

  close(): void {
    this.#probe.close();
  }
}

/** Lets the bystander work for as long as something takes. */
export async function workWhile<T>(bystander: Bystander, into: RoundTrips, during: () => Promise<T>): Promise<T> {
  const enough = new AbortController();
  const work = bystander.work(enough.signal, into);
  try {
    return await during();
  } finally {
    enough.abort();
    await work;
  }
}

async function time(into: number[], counts: RoundTrips, ask: () => Promise<{ ok: boolean }>): Promise<void> {
  const sentAtMs = performance.now();
  const isServed = await ask().then(
    ({ ok }) => ok,
    () => false,
  );
  if (isServed) into.push(performance.now() - sentAtMs);
  else counts.failed += 1;
}

export async function createWall(url: string, cookie: string): Promise<string> {
  const answer = await fetch(`${url}/api/walls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin, cookie },
    body: JSON.stringify({ name: 'Fault run', layout: '4', incidentId: null }),
  });
  return wallSchema.parse(await answer.json()).id;
}
