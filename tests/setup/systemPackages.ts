import { spawnSync } from 'node:child_process';
import { buildPackages } from '@commonsight/worker/buildWorker';
import { installPackages } from './installPackages.ts';
import { SetupError } from './SetupError.ts';

/** Packages of Debian and Ubuntu by what they are needed for. */
export const systemPackages = {
  /** `npm start`: session state, the training cameras' clips and the letters that are drawn into them. */
  run: ['redis-server', 'ffmpeg', 'fonts-dejavu-core'],
  /** Only where no prebuilt mediasoup worker can be had. */
  workerBuild: buildPackages,
  /** `pnpm smoke`, `pnpm faults` and the browser stories. */
  browser: ['chromium'],
  /** `npm test`: git to list what is ours, the other database, and cameras that were not written here. */
  test: [
    'git',
    'postgresql',
    'python3-gi',
    'gir1.2-gst-rtsp-server-1.0',
    'gstreamer1.0-rtsp',
    'gstreamer1.0-plugins-base',
    'gstreamer1.0-plugins-good',
    'gstreamer1.0-plugins-bad',
    'gstreamer1.0-plugins-ugly',
    'gstreamer1.0-x',
  ],
} as const satisfies Record<string, readonly string[]>;

/** Reads `dpkg-query -W -f '${Package}\t${db:Status-Status}\n'`: a removed package is listed too, as `config-files`. */
export function parseInstalled(dpkgOutput: string): Set<string> {
  const rows = dpkgOutput.split('\n').map((row) => row.split('\t'));
  return new Set(rows.filter(([, state]) => state === 'installed').map(([name = '']) => name));
}

function missingPackages(packages: readonly string[]): string[] {
  // Exit code 1 only says that some names are unknown; the known ones are listed all the same.
  const query = spawnSync('dpkg-query', ['-W', '-f', '${Package}\t${db:Status-Status}\n', ...packages], {
    encoding: 'utf8',
  });
  if (query.error) {
    throw new SetupError(
      `This is neither Debian nor Ubuntu (there is no dpkg-query), so install by hand what these packages bring: ${packages.join(' ')}`,
    );
  }
  const installed = parseInstalled(query.stdout);
  return packages.filter((name) => !installed.has(name));
}

export function installCommand(missing: readonly string[]): string {
  return `sudo apt-get install --no-install-recommends ${missing.join(' ')}`;
}

/** Installs the missing ones as root; stops with the one line to type as anybody else. */
export async function ensureSystemPackages(
  packages: readonly string[],
  progress: (line: string) => void,
): Promise<void> {
  const missing = missingPackages(packages);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `System packages are missing. Install them, then start again:\n\n  ${installCommand(missing)}\n`,
    );
  }
  progress(`Installing system packages with apt-get: ${missing.join(' ')}`);
  await installPackages(missing, progress);
  const stillMissing = missingPackages(missing);
  if (stillMissing.length > 0) {
    throw new SetupError(`apt-get ended well, but these packages are still missing: ${stillMissing.join(' ')}`);
  }
}
