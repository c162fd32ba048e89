import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AddressReport } from './AddressReport.ts';

/**
 * A network of our own: all addresses of both families lead to this process (a route of type "local"), names are asked
 * of our own name server, and one more address stands for the relay's own on its site's network.
 */
const isolate = [
  'ip link set lo up',
  'ip route add local 0.0.0.0/0 dev lo',
  'ip -6 route add local ::/0 dev lo',
  'ip address add 10.99.0.1/32 dev lo',
  'mount --bind "$FOLDER/resolv.conf" /etc/resolv.conf',
  'mount --bind "$FOLDER/nsswitch.conf" /etc/nsswitch.conf',
  'mount --bind "$FOLDER/hosts" /etc/hosts',
];
const unshare = ['--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** F18: gives a relay hostile and good camera addresses. Some machines allow no network of one's own; see `isIsolated`. */
export async function runAddresses(options: { cases: number; seed: number }): Promise<AddressReport> {
  const folder = await mkdtemp(join(tmpdir(), 'commonsight-addresses-'));
  try {
    await writeFile(join(folder, 'resolv.conf'), 'nameserver 127.0.0.53\noptions timeout:2 attempts:1\n');
    await writeFile(join(folder, 'nsswitch.conf'), 'hosts: files dns\n');
    await writeFile(join(folder, 'hosts'), '127.0.0.1 localhost\n::1 ip6-localhost ip6-loopback\n');
    const env = { ...process.env, FOLDER: folder };
    const isIsolated = spawnSync('unshare', [...unshare, 'sh', '-c', isolate.join(' && ')], { env }).status === 0;
    const program = fileURLToPath(new URL('dialAll.ts', import.meta.url));
    const command = [process.execPath, program, String(options.cases), String(options.seed)];
    const child = isIsolated
      ? spawn(
          'unshare',
          [...unshare, 'sh', '-c', `${isolate.join(' && ')} && exec "$0" "$@"`, ...command, 'isolated'],
          {
            env,
            stdio: ['ignore', 'pipe', 'inherit'],
          },
        )
      : spawn(process.execPath, command.slice(1), { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    await once(child, 'close');
    return JSON.parse(output) as AddressReport;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
