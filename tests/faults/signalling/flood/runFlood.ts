import { fileURLToPath } from 'node:url';
import type { Role } from '@commonsight/types/permission';
import { signInForCookie } from '../../../support/SignalingProbe.ts';
import { LineProcess } from '../../audit/LineProcess.ts';
import { Bystander, createWall, type RoundTrips, workWhile } from '../Bystander.ts';
import type { Flooder } from './flood.ts';

export interface FloodReport {
  perSecond: number;
  /** What the flooder counted: answers by their code, refused connections, broken requests. */
  counts: Record<string, number>;
  quiet: RoundTrips;
  flooded: RoundTrips;
}

export interface FloodOptions {
  url: string;
  users: readonly { role: Role; email: string; password: string }[];
  perSecond: number;
  seconds: number;
  /** Done with the quiet time and with the flood: measures what else is to stay as it is. */
  beside?: (during: 'quiet' | 'flooded', seconds: number) => Promise<void>;
}

const sessionsOfFlooder = 2;

/** One account floods the server over sockets and HTTP; somebody else's round trips before it and meanwhile. */
export async function runFlood(options: FloodOptions): Promise<FloodReport> {
  const { url, perSecond, seconds } = options;
  const signIn = (role: Role): Promise<string> => {
    const user = options.users.find((one) => one.role === role);
    if (user === undefined) throw new Error(`There is no ${role}.`);
    return signInForCookie(url, user);
  };
  const bystander = await Bystander.open(url, await signIn('dispatcher'));
  const cookies: string[] = [];
  for (let count = 0; count < sessionsOfFlooder; count += 1) cookies.push(await signIn('supervisor'));
  const flooder: Flooder = { url, cookies, wallId: await createWall(url, cookies[0] ?? '') };
  const program = fileURLToPath(new URL('flood.ts', import.meta.url));
  const child = LineProcess.start(process.execPath, [program, JSON.stringify(flooder)]);
  const quiet: RoundTrips = { clockMs: [], changeMs: [], failed: 0 };
  const flooded: RoundTrips = { clockMs: [], changeMs: [], failed: 0 };
  const rest = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, seconds * 1000));
  try {
    await workWhile(bystander, quiet, () => Promise.all([rest(), options.beside?.('quiet', seconds)]));
    const answer = await workWhile(bystander, flooded, async () => {
      const [counts] = await Promise.all([child.ask(`${perSecond} ${seconds}`), options.beside?.('flooded', seconds)]);
      return counts;
    });
    return { perSecond, counts: JSON.parse(answer) as Record<string, number>, quiet, flooded };
  } finally {
    bystander.close();
    await child.close();
  }
}
